package dev.aerie.vision.tracker;

/// A prompt is rejected; nothing was changed.
public final class PromptRejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        /// No object has this number.
        UNKNOWN_OBJECT,
        /// The frame that it refers to is no longer kept, or no frame was processed yet.
        NO_SUCH_FRAME,
        /// A position is outside the frame, or the prompt is invalid.
        UNUSABLE,
        /// The maximum number of objects is tracked.
        FULL,
        /// The tracker finds no object there.
        NOTHING_THERE
    }

    private final Reason reason;
    private final String field;

    /// - `field`: of the request, that is wrong
    public PromptRejectedException(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    public Reason reason() {
        return reason;
    }

    public String field() {
        return field;
    }
}
