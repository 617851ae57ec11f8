package dev.aerie.frames.follow;

/// What a person asks for cannot be done; nothing was changed.
public final class WishRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Cause {
        /// No object has this number.
        UNKNOWN_OBJECT,
        /// The picture it speaks of is no longer kept, or none was seen yet.
        NO_SUCH_PICTURE,
        /// A place is not in the picture, or what is asked for makes no sense.
        UNUSABLE,
        /// As many objects are followed as may be.
        FULL,
        /// The tracker sees nothing there.
        NOTHING_THERE
    }

    private final Cause cause;
    private final String field;

    /// - `field`: of the request, that is to blame
    public WishRefusedException(Cause cause, String field, String message) {
        super(message);
        this.cause = cause;
        this.field = field;
    }

    public Cause why() {
        return cause;
    }

    public String field() {
        return field;
    }
}
