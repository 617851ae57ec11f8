package dev.aerie.trace;

import dev.aerie.messages.FrameId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final int MANTISSA_BITS = 53;

    public static FrameTrace of(FrameId id) {
        String name = id.stream() + "/" + id.session() + "/" + id.frameNumber();
        byte[] hash = sha256(name.getBytes(StandardCharsets.UTF_8));
        var hex = HexFormat.of();
        long last = ByteBuffer.wrap(hash).getLong(TRACE_BYTES + SPAN_BYTES);
        return new FrameTrace(
                hex.formatHex(hash, 0, TRACE_BYTES),
                hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES),
                (last >>> (Long.SIZE - MANTISSA_BITS)) * 0x1p-53);
    }

    /// The value of the header `traceparent` of a frame that is followed.
    public String traceparent() {
        return "00-" + traceId + "-" + rootSpanId + "-01";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
