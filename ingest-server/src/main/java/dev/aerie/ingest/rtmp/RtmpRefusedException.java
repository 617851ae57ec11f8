package dev.aerie.ingest.rtmp;

/// A client may not do what it asks; the message goes to it and to the log.
final class RtmpRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RtmpRefusedException(String reason) {
        super(reason);
    }
}
