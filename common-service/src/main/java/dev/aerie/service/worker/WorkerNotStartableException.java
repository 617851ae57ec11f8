package dev.aerie.service.worker;

/// This replica cannot work on a stream, for the reason in the message; another replica may.
public final class WorkerNotStartableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkerNotStartableException(String message, Throwable cause) {
        super(message, cause);
    }
}
