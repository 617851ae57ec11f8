package dev.aerie.ingest.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The answer to one request, built header by header.
final class RtspResponse {

    private final int status;
    private final List<String> headers = new ArrayList<>();
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

    RtspResponse header(String name, String value) {
        headers.add(name + ": " + value.replace('\r', ' ').replace('\n', ' '));
        return this;
    }

    RtspResponse body(String contentType, String text) {
        header("Content-Type", contentType);
        body = text;
        return this;
    }

    /// The bytes to send as the answer to the request numbered `cseq`.
    byte[] encode(String cseq) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var text = new StringBuilder(256)
                .append("RTSP/1.0 ")
                .append(status)
                .append(' ')
                .append(reasonPhrase())
                .append("\r\n")
                .append("CSeq: ")
                .append(cseq)
                .append("\r\n")
                .append("Server: Aerie\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        if (content.length > 0) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
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
