package dev.aerie.storage.clip;

/// The archive has no picture of that time.
public final class NoFootageException extends Exception {

    private static final long serialVersionUID = 1L;

    NoFootageException() {
        super("nothing was recorded then");
    }
}
