package dev.aerie.vision.checkpoint;

/// A file is no checkpoint, is damaged, or holds what a checkpoint of tensors does not; the message is for a user.
public final class CheckpointException extends Exception {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
