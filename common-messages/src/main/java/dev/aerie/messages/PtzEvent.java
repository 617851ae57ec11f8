package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// What a steered camera does, on [Exchanges#PTZ_EVENTS]; the envelope names the frame that it was decided on.
///
/// - `objectId`: the object followed; there when a target was chosen or handed over
/// - `velocity`: there when a move was commanded
/// - `toCamera`: there when a target was handed to another camera
public record PtzEvent(
        @JsonUnwrapped Envelope envelope,
        Kind event,
        String camera,
        @JsonProperty("object_id") @Nullable Long objectId,
        @Nullable Velocity velocity,
        @JsonProperty("to_camera") @Nullable String toCamera)
        implements Message {

    public PtzEvent {
        Require.present("envelope", envelope).requireFrame();
        Require.present("event", event);
        Require.text("camera", camera);
        switch (event) {
            case TARGET_CHOSEN -> Require.present("object_id", objectId);
            case MOVE_COMMANDED -> Require.present("velocity", velocity);
            case HANDOFF -> {
                Require.present("object_id", objectId);
                Require.text("to_camera", toCamera);
            }
        }
    }

    /// What happened.
    public enum Kind {
        @JsonProperty("target_chosen")
        TARGET_CHOSEN,
        @JsonProperty("move_commanded")
        MOVE_COMMANDED,
        @JsonProperty("handoff")
        HANDOFF
    }

    /// Speeds commanded: degrees per second to the right and up, zoom steps per second towards the scene.
    public record Velocity(
            @JsonProperty("pan_deg_s") double panDegreesPerSecond,
            @JsonProperty("tilt_deg_s") double tiltDegreesPerSecond,
            @JsonProperty("zoom_s") double zoomPerSecond) {

        public Velocity {
            Require.finite("velocity.pan_deg_s", panDegreesPerSecond);
            Require.finite("velocity.tilt_deg_s", tiltDegreesPerSecond);
            Require.finite("velocity.zoom_s", zoomPerSecond);
        }
    }
}
