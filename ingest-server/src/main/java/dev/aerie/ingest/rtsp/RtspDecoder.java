package dev.aerie.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Cuts a client's bytes into requests and interleaved packets (RFC 2326, 4 and 10.12).
///
/// ```
///  0        8       16               32
///  +--------+--------+----------------+----------
///  |  '$'   |channel | length, bytes  | packet …      anything else begins a request line
///  +--------+--------+----------------+----------
/// ```
/// Headers may take 8 KiB and a body 64 KiB; more is answered with 413 and ends the connection. Bare line feeds are
/// taken for line ends and blank lines before a request are skipped, as some cameras send both.
final class RtspDecoder extends ByteToMessageDecoder {

    static final int MAX_HEADER_BYTES = 8 << 10;
    static final int MAX_BODY_BYTES = 64 << 10;

    private static final int FRAME_HEADER_BYTES = 4;
    private static final Pattern METHOD = Pattern.compile("[A-Z_]{1,32}");

    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
        } else if (in.getByte(in.readerIndex()) == '$') {
            decodeFrame(in, out);
        } else {
            decodeRequest(in, out);
        }
    }

    private static void decodeFrame(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < FRAME_HEADER_BYTES) {
            return;
        }
        int length = in.getUnsignedShort(in.readerIndex() + 2);
        if (in.readableBytes() < FRAME_HEADER_BYTES + length) {
            return;
        }
        int channel = in.getUnsignedByte(in.readerIndex() + 1);
        in.skipBytes(FRAME_HEADER_BYTES);
        out.add(new RtspMessage.Interleaved(channel, in.readRetainedSlice(length)));
    }

    private void decodeRequest(ByteBuf in, List<Object> out) {
        skipBlankLines(in);
        int headerBytes = headerBytes(in);
        if (headerBytes < 0) {
            if (in.readableBytes() > MAX_HEADER_BYTES) {
                out.add(broken(in, 413, "headers exceed " + MAX_HEADER_BYTES + " bytes", Map.of()));
            }
            return;
        }
        String[] lines = in.toString(in.readerIndex(), headerBytes, StandardCharsets.UTF_8)
                .split("\r?\n", -1);
        Map<String, String> headers = headers(lines);
        int bodyBytes = bodyBytes(headers);
        if (bodyBytes < 0) {
            out.add(broken(
                    in,
                    bodyBytes == Integer.MIN_VALUE ? 400 : 413,
                    "Content-Length is not 0.." + MAX_BODY_BYTES,
                    headers));
        } else if (in.readableBytes() >= headerBytes + bodyBytes) {
            in.skipBytes(headerBytes);
            out.add(request(
                    lines[0],
                    headers,
                    in.readCharSequence(bodyBytes, StandardCharsets.UTF_8).toString()));
        }
    }

    private static void skipBlankLines(ByteBuf in) {
        while (in.isReadable() && (in.getByte(in.readerIndex()) == '\r' || in.getByte(in.readerIndex()) == '\n')) {
            in.skipBytes(1);
        }
    }

    /// Bytes up to and including the blank line that ends the headers; -1 where there is none within the limit.
    private static int headerBytes(ByteBuf in) {
        int end = Math.min(in.writerIndex(), in.readerIndex() + MAX_HEADER_BYTES);
        int line = in.readerIndex();
        while (line < end) {
            int lineFeed = in.indexOf(line, end, (byte) '\n');
            if (lineFeed < 0) {
                return -1;
            }
            if (lineFeed == line || (lineFeed == line + 1 && in.getByte(line) == '\r')) {
                return lineFeed + 1 - in.readerIndex();
            }
            line = lineFeed + 1;
        }
        return -1;
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        lines[i].substring(0, colon).strip(),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /// The length of the body; -1 if it is too long, [Integer#MIN_VALUE] if it is no number.
    private static int bodyBytes(Map<String, String> headers) {
        String length = headers.getOrDefault("Content-Length", "0");
        if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.MIN_VALUE;
        }
        if (length.length() > 9 || Integer.parseInt(length) > MAX_BODY_BYTES) {
            return -1;
        }
        return Integer.parseInt(length);
    }

    private static RtspMessage request(String requestLine, Map<String, String> headers, String body) {
        String[] parts = requestLine.split(" ", -1);
        Optional<String> cseq = Optional.ofNullable(headers.get("CSeq"));
        if (parts.length != 3 || !METHOD.matcher(parts[0]).matches() || parts[1].isEmpty()) {
            return new RtspMessage.Malformed(400, "the request line is not METHOD URI RTSP/1.0", cseq, false);
        }
        if (!parts[2].equals("RTSP/1.0")) {
            return new RtspMessage.Malformed(505, "only RTSP/1.0 is spoken here", cseq, false);
        }
        if (cseq.isEmpty()) {
            return new RtspMessage.Malformed(400, "the request has no CSeq", cseq, false);
        }
        return new RtspMessage.Request(parts[0], parts[1], headers, body);
    }

    private RtspMessage broken(ByteBuf in, int status, String reason, Map<String, String> headers) {
        broken = true;
        in.skipBytes(in.readableBytes());
        return new RtspMessage.Malformed(status, reason, Optional.ofNullable(headers.get("CSeq")), true);
    }
}
