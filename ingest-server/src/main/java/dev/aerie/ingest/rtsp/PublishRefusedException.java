package dev.aerie.ingest.rtsp;

/// A client may not publish; carries the RTSP status line it is answered with.
public final class PublishRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    public PublishRefusedException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    /// RTSP status code, 400..599.
    public int status() {
        return status;
    }
}
