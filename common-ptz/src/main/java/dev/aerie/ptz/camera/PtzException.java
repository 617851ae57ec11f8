package dev.aerie.ptz.camera;

import java.io.Serial;

/// A camera did not do what it was asked to; [#reason] says why, the message names camera and request, and never
/// credentials.
public final class PtzException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public PtzException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PtzException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why a camera did not do it.
    public enum Reason {
        /// No connection, or no answer in time.
        UNREACHABLE,
        /// It refused the credentials.
        UNAUTHORIZED,
        /// It is busy or starting: the same request may succeed later.
        BUSY,
        /// It understood the request and will not do it.
        REFUSED,
        /// Its answer is not what its protocol allows.
        MALFORMED_ANSWER,
        /// It cannot do this at all, see [PtzCapabilities].
        UNSUPPORTED
    }
}
