package dev.aerie.frames.tracker;

/// What a person asks for cannot be done; nothing was changed.
public final class PromptRejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Reason {
        /// No object has this number.
        UNKNOWN_OBJECT,
        /// The frame it speaks of is no longer kept, or none was seen yet.
        NO_SUCH_FRAME,
        /// A place is not in the frame, or what is asked for makes no sense.
        UNUSABLE,
        /// As many objects are followed as may be.
        FULL,
        /// The tracker sees nothing there.
        NOTHING_THERE
    }

    private final Reason reason;
    private final String field;

    /// - `field`: of the request, that is to blame
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
