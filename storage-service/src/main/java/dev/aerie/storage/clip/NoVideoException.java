package dev.aerie.storage.clip;

/// The archive has no frame of that time.
public final class NoVideoException extends Exception {

    private static final long serialVersionUID = 1L;

    NoVideoException() {
        super("nothing was recorded then");
    }
}
