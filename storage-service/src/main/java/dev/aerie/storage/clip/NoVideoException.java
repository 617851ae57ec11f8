package dev.aerie.storage.clip;

/// The archive has no frame in the requested time.
public final class NoVideoException extends Exception {

    private static final long serialVersionUID = 1L;

    NoVideoException() {
        super("no video was recorded in that time");
    }
}
