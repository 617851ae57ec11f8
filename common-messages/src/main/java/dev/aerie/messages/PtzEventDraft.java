package dev.aerie.messages;

import org.jspecify.annotations.Nullable;

/// A [PtzEvent] that is being put together; checked by [#build].
public final class PtzEventDraft {

    private final Envelope envelope;
    private final PtzEvent.Kind event;
    private final String camera;
    private @Nullable Long objectId;
    private PtzEvent.@Nullable Velocity velocity;
    private @Nullable String toCamera;
    private PtzEvent.@Nullable Relative relative;
    private PtzEvent.@Nullable Absolute absolute;
    private @Nullable String mode;
    private @Nullable String preset;
    private @Nullable String operator;
    private @Nullable String cause;

    PtzEventDraft(Envelope envelope, PtzEvent.Kind event, String camera) {
        this.envelope = envelope;
        this.event = event;
        this.camera = camera;
    }

    public PtzEventDraft object(@Nullable Long id) {
        this.objectId = id;
        return this;
    }

    public PtzEventDraft velocity(PtzEvent.Velocity commanded) {
        this.velocity = commanded;
        return this;
    }

    public PtzEventDraft relative(PtzEvent.Relative commanded) {
        this.relative = commanded;
        return this;
    }

    public PtzEventDraft absolute(PtzEvent.Absolute commanded) {
        this.absolute = commanded;
        return this;
    }

    public PtzEventDraft toCamera(String name) {
        this.toCamera = name;
        return this;
    }

    public PtzEventDraft mode(String name) {
        this.mode = name;
        return this;
    }

    public PtzEventDraft preset(String id) {
        this.preset = id;
        return this;
    }

    public PtzEventDraft operator(@Nullable String name) {
        this.operator = name;
        return this;
    }

    public PtzEventDraft cause(@Nullable String words) {
        this.cause = words;
        return this;
    }

    /// Throws [IllegalArgumentException] where the kind asks for something that is missing.
    public PtzEvent build() {
        return new PtzEvent(
                envelope, event, camera, objectId, velocity, toCamera, relative, absolute, mode, preset, operator,
                cause);
    }
}
