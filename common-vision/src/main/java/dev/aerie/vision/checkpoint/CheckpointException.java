package dev.aerie.vision.checkpoint;

/// A file is not a checkpoint, is damaged, or holds more than tensors; the message is for a user.
public final class CheckpointException extends Exception {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
