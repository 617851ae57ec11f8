package dev.aerie.ingest.stream;

/// A publisher may not have a stream now; the message says why, in words for its operator.
public final class StreamRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public StreamRefusedException(String reason) {
        super(reason);
    }
}
