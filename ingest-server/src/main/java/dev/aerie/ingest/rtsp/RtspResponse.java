package dev.aerie.ingest.rtsp;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.aerie.rtsp.message.RtspHeaders;
import dev.aerie.rtsp.message.RtspMessage;

/// The answer to one request, built header by header.
final class RtspResponse {

    private final int status;
    private RtspHeaders headers = RtspHeaders.NONE;
    private String body = "";

    private RtspResponse(int status) {
        this.status = status;
    }

    static RtspResponse ok() {
        return new RtspResponse(200);
    }

    /// A refusal that says why, in one line of plain text.
    static RtspResponse refused(int status, String reason) {
        return new RtspResponse(status).body("text/plain", reason + "\r\n");
    }

    int status() {
        return status;
    }

    @CanIgnoreReturnValue
    RtspResponse header(String name, String value) {
        headers = headers.with(name, value);
        return this;
    }

    RtspResponse body(String contentType, String text) {
        header("Content-Type", contentType);
        body = text;
        return this;
    }

    /// The bytes to send as the answer to the request numbered `cseq`.
    byte[] encode(String cseq) {
        var all = RtspHeaders.NONE.with("CSeq", cseq).with("Server", "Aerie");
        for (RtspHeaders.Header header : headers.all()) {
            all = all.with(header.name(), header.value());
        }
        return new RtspMessage.Response(status, reasonPhrase(), all, body).encode();
    }

    private String reasonPhrase() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 415 -> "Unsupported Media Type";
            case 451 -> "Parameter Not Understood";
            case 454 -> "Session Not Found";
            case 455 -> "Method Not Valid in This State";
            case 459 -> "Aggregate Operation Not Allowed";
            case 461 -> "Unsupported Transport";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "RTSP Version Not Supported";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }
}
