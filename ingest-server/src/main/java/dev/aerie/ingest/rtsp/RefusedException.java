package dev.aerie.ingest.rtsp;

/// A request is answered with an error; carries that answer.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RtspResponse response;

    RefusedException(int status, String reason) {
        this(RtspResponse.refused(status, reason), reason);
    }

    RefusedException(RtspResponse response, String reason) {
        super(reason);
        this.response = response;
    }

    /// What the client is answered.
    RtspResponse response() {
        return response;
    }
}
