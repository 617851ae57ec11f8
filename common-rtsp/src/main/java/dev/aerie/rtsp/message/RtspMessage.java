package dev.aerie.rtsp.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A unit of an RTSP connection, in either direction.
public sealed interface RtspMessage {

    /// A request with its whole body.
    record Request(String method, String uri, RtspHeaders headers, String body) implements RtspMessage {

        public Optional<String> header(String name) {
            return headers.first(name);
        }

        public byte[] encode() {
            return RtspMessage.encode(method + " " + uri + " RTSP/1.0", headers, body);
        }
    }

    /// A response with its whole body.
    record Response(int status, String reason, RtspHeaders headers, String body) implements RtspMessage {

        public Optional<String> header(String name) {
            return headers.first(name);
        }

        public byte[] encode() {
            return RtspMessage.encode("RTSP/1.0 " + status + " " + reason, headers, body);
        }
    }

    /// An interleaved RTP or RTCP packet (RFC 2326, 10.12).
    ///
    /// - `bytes`: from position to limit; a view on the bytes that were parsed
    record Packet(int channel, ByteBuffer bytes) implements RtspMessage {}

    /// Text that breaks a rule; `fatal` where the beginning of the next message is unknown.
    ///
    /// - `status`: of the response that a server gives to it
    record Malformed(int status, String reason, Optional<String> cseq, boolean fatal) implements RtspMessage {}

    private static byte[] encode(String firstLine, RtspHeaders headers, String body) {
        var text = new StringBuilder(256).append(firstLine).append("\r\n");
        headers.all()
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        if (!body.isEmpty()) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
