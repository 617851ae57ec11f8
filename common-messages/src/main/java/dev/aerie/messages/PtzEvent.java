package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// What a steered camera does, on [Exchanges#PTZ_EVENTS]. The envelope names the frame that it was decided on; the
/// stream alone where no frame had to do with it: a person moved the camera, or the camera did not answer.
///
/// - `objectId`: the object followed, as ptz-service's own tracker numbers it
/// - `velocity`, `relative`, `absolute`: the move that was commanded, one of the three
/// - `toCamera`: where a target was handed to another camera
/// - `mode`: of the camera from now on
/// - `preset`: the camera's id of it
/// - `operator`: the name of who moves the camera by hand
/// - `cause`: in words
public record PtzEvent(
        @JsonUnwrapped Envelope envelope,
        Kind event,
        String camera,
        @JsonProperty("object_id") @Nullable Long objectId,
        @Nullable Velocity velocity,
        @JsonProperty("to_camera") @Nullable String toCamera,
        @Nullable Relative relative,
        @Nullable Absolute absolute,
        @Nullable String mode,
        @Nullable String preset,
        @Nullable String operator,
        @Nullable String cause)
        implements Message {

    public PtzEvent {
        Require.present("stream", Require.present("envelope", envelope).stream());
        Require.present("event", event);
        Require.text("camera", camera);
        switch (event) {
            case TARGET_CHOSEN -> {
                envelope.requireFrame();
                Require.present("object_id", objectId);
            }
            case TARGET_LOST -> Require.present("object_id", objectId);
            case MOVE_COMMANDED ->
                Require.rule(
                        velocity != null || relative != null || absolute != null,
                        "velocity is missing, or relative or absolute in its place");
            case HANDOFF, HANDOFF_OFFERED, HANDOFF_CONFIRMED, HANDOFF_FAILED -> {
                Require.present("object_id", objectId);
                Require.text("to_camera", toCamera);
            }
            case MODE_CHANGED -> Require.text("mode", mode);
            case PRESET_REACHED, PRESET_SAVED -> Require.text("preset", preset);
            case OPERATOR_TOOK_OVER, OPERATOR_RELEASED -> Require.text("operator", operator);
            case CAMERA_UNREACHABLE -> Require.text("cause", cause);
            case SEARCHING, STOPPED, CAMERA_RECOVERED -> {}
        }
    }

    /// Begins an event, to which what its kind asks for is added.
    public static PtzEventDraft draft(Envelope envelope, Kind event, String camera) {
        return new PtzEventDraft(envelope, event, camera);
    }

    /// What happened.
    public enum Kind {
        @JsonProperty("target_chosen")
        TARGET_CHOSEN,
        @JsonProperty("target_lost")
        TARGET_LOST,
        @JsonProperty("searching")
        SEARCHING,
        @JsonProperty("move_commanded")
        MOVE_COMMANDED,
        @JsonProperty("stopped")
        STOPPED,
        @JsonProperty("mode_changed")
        MODE_CHANGED,
        @JsonProperty("preset_reached")
        PRESET_REACHED,
        @JsonProperty("preset_saved")
        PRESET_SAVED,
        @JsonProperty("operator_took_over")
        OPERATOR_TOOK_OVER,
        @JsonProperty("operator_released")
        OPERATOR_RELEASED,
        @JsonProperty("camera_unreachable")
        CAMERA_UNREACHABLE,
        @JsonProperty("camera_recovered")
        CAMERA_RECOVERED,
        @JsonProperty("handoff")
        HANDOFF,
        @JsonProperty("handoff_offered")
        HANDOFF_OFFERED,
        @JsonProperty("handoff_confirmed")
        HANDOFF_CONFIRMED,
        @JsonProperty("handoff_failed")
        HANDOFF_FAILED
    }

    /// Speeds commanded: degrees per second to the right and up; the zoom's as relative change of the magnification
    /// per second, positive towards the scene.
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

    /// A move by angles, to the right and up; `zoomFactor` 1 leaves the zoom.
    public record Relative(
            @JsonProperty("pan_deg") double panDegrees,
            @JsonProperty("tilt_deg") double tiltDegrees,
            @JsonProperty("zoom_factor") double zoomFactor) {

        public Relative {
            Require.finite("relative.pan_deg", panDegrees);
            Require.finite("relative.tilt_deg", tiltDegrees);
            Require.finite("relative.zoom_factor", zoomFactor);
        }
    }

    /// A position moved to; `zoom` is the magnification, from 1.
    public record Absolute(
            @JsonProperty("pan_deg") double panDegrees,
            @JsonProperty("tilt_deg") double tiltDegrees,
            double zoom) {

        public Absolute {
            Require.finite("absolute.pan_deg", panDegrees);
            Require.finite("absolute.tilt_deg", tiltDegrees);
            Require.atLeast("absolute.zoom", zoom, 1);
        }
    }
}
