package dev.aerie.vision.models;

/// A file cannot be installed as a model; the message is the one line a user reads.
public final class ModelImportException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelImportException(String message) {
        super(message);
    }

    public ModelImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
