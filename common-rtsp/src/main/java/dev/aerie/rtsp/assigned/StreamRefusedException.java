package dev.aerie.rtsp.assigned;

/// This replica cannot work on a stream, and says why; another may.
public final class StreamRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StreamRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
