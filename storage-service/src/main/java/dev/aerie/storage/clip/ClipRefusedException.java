package dev.aerie.storage.clip;

/// A clip that cannot be made as it was asked for; the message says why, and what can be asked for instead.
public final class ClipRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClipRefusedException(String reason) {
        super(reason);
    }
}
