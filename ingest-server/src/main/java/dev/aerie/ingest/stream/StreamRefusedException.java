package dev.aerie.ingest.stream;

/// A publisher is refused a stream; the message gives its operator the reason.
public final class StreamRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public StreamRefusedException(String reason) {
        super(reason);
    }
}
