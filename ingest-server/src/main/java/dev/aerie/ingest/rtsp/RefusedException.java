package dev.aerie.ingest.rtsp;

/// A request is answered with an error; carries the status and the reason told to the client.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    RtspResponse response() {
        return RtspResponse.refused(status, String.valueOf(getMessage()));
    }
}
