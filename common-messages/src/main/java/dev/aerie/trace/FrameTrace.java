package dev.aerie.trace;

import dev.aerie.digest.Sha256;
import dev.aerie.messages.FrameId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The trace of one frame. Its ids follow from the frame's identity alone: services that received the frame by RTSP,
/// which carries no headers, name the same trace.
///
/// - `traceId`: 32 hexadecimal digits, the first 16 bytes of the SHA-256 of `stream/session/frame_number`
/// - `rootSpanId`: 16 hexadecimal digits, its next 8 bytes; the span that the ingest-server makes of the whole relay
/// - `position`: 0 up to and without 1, evenly spread over frames
///
/// Source: W3C Trace Context, section 3.2.2.
public record FrameTrace(String traceId, String rootSpanId, double position) {

    /// Where its parts end in the hexadecimal digits of the digest.
    private static final int TRACE_END = 32;

    private static final int SPAN_END = TRACE_END + 16;
    private static final int MANTISSA_BITS = 53;

    public static FrameTrace of(FrameId id) {
        String name = id.stream() + "/" + id.session() + "/" + id.frameNumber();
        String hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        long last = HexFormat.fromHexDigitsToLong(hash, SPAN_END, hash.length());
        return new FrameTrace(
                hash.substring(0, TRACE_END),
                hash.substring(TRACE_END, SPAN_END),
                (last >>> (Long.SIZE - MANTISSA_BITS)) * 0x1p-53);
    }

    /// The value of the header `traceparent` of a frame that is followed.
    public String traceparent() {
        return "00-" + traceId + "-" + rootSpanId + "-01";
    }
}
