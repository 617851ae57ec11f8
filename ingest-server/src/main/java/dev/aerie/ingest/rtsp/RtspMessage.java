package dev.aerie.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;

/// What a client may send on its RTSP connection.
sealed interface RtspMessage {

    /// A request with its whole body. Header names are compared without regard to case.
    record Request(String method, String uri, Map<String, String> headers, String body) implements RtspMessage {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /// An RTP or RTCP packet between requests (RFC 2326, 10.12); the receiver owns `payload` and releases it.
    record Interleaved(int channel, ByteBuf payload) implements RtspMessage {}

    /// Something that is no request; `fatal` where the next message can no longer be found.
    record Malformed(int status, String reason, Optional<String> cseq, boolean fatal) implements RtspMessage {}
}
