package dev.aerie.rtsp.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Splits the bytes of a connection into messages (RFC 2326, 4 and 10.12), wherever reads have cut them.
///
/// ```
///  0        8       16               32
///  +--------+--------+----------------+----------
///  |  '$'   |channel | length, bytes  | packet …      anything else begins a line of text
///  +--------+--------+----------------+----------
/// ```
/// Bare line feeds are taken for line ends and blank lines before a message are skipped, as some cameras send both.
/// Not thread-safe.
public final class RtspParser {

    private static final int FRAME_HEADER_BYTES = 4;
    private static final int MIN_TEXT_BYTES = 5;
    private static final int MIN_RTP_BYTES = 12;
    private static final int MAX_RESYNC_CHANNEL = 7;
    private static final String VERSION = "RTSP/1.0";

    /// Of responses, and of the requests that a server may send.
    private static final Set<String> TEXT_BEGINNINGS =
            Set.of("RTSP/", "OPTIO", "ANNOU", "REDIR", "GET_P", "SET_P", "TEARD");

    private static final Pattern METHOD = Pattern.compile("[A-Z_]{1,32}");

    private final int maxHeadBytes;
    private final int maxBodyBytes;
    private final boolean resynchronizes;
    private boolean broken;
    private boolean searching;

    /// Of the request or response under way, head and body; 0 until its head is read.
    private int awaitedBytes;

    private long discardedBytes;

    private RtspParser(int maxHeadBytes, int maxBodyBytes, boolean resynchronizes) {
        this.maxHeadBytes = maxHeadBytes;
        this.maxBodyBytes = maxBodyBytes;
        this.resynchronizes = resynchronizes;
    }

    /// Strict: bytes that are no message are a [RtspMessage.Malformed].
    public static RtspParser ofServer(int maxHeadBytes, int maxBodyBytes) {
        return new RtspParser(maxHeadBytes, maxBodyBytes, false);
    }

    /// Forgiving: bytes between messages that belong to none, as some cameras send them, are skipped and counted.
    public static RtspParser ofClient(int maxHeadBytes, int maxBodyBytes) {
        return new RtspParser(maxHeadBytes, maxBodyBytes, true);
    }

    /// Takes the next message out of `in`, whose position moves behind it; empty if it is not whole yet. After a fatal
    /// [RtspMessage.Malformed] all bytes are skipped.
    public Optional<RtspMessage> next(ByteBuffer in) {
        if (broken) {
            in.position(in.limit());
            return Optional.empty();
        }
        skipBlankLines(in);
        if (resynchronizes && !findMessage(in)) {
            return Optional.empty();
        }
        if (!in.hasRemaining()) {
            return Optional.empty();
        }
        return in.get(in.position()) == '$' ? packet(in) : text(in);
    }

    /// Bytes that belonged to no message.
    public long discardedBytes() {
        return discardedBytes;
    }

    private static Optional<RtspMessage> packet(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < FRAME_HEADER_BYTES) {
            return Optional.empty();
        }
        int length = in.getShort(start + 2) & 0xffff;
        if (in.remaining() < FRAME_HEADER_BYTES + length) {
            return Optional.empty();
        }
        var bytes = in.slice(start + FRAME_HEADER_BYTES, length);
        in.position(start + FRAME_HEADER_BYTES + length);
        return Optional.of(new RtspMessage.Packet(in.get(start + 1) & 0xff, bytes));
    }

    /// A head is read once, however many pieces its body comes in.
    private Optional<RtspMessage> text(ByteBuffer in) {
        if (in.remaining() < awaitedBytes) {
            return Optional.empty();
        }
        int headBytes = headBytes(in);
        if (headBytes < 0) {
            return in.remaining() > maxHeadBytes
                    ? Optional.of(fatal(in, 413, "headers exceed " + maxHeadBytes + " bytes", RtspHeaders.NONE))
                    : Optional.empty();
        }
        var lines = List.of(string(in, in.position(), headBytes).split("\r?\n", -1));
        var headers = RtspHeaders.parse(lines.subList(1, lines.size()));
        String length = headers.first("Content-Length").orElse("0");
        if (!isNumber(length)) {
            return Optional.of(fatal(in, 400, "Content-Length is not 0.." + maxBodyBytes, headers));
        }
        if (length.length() > 9 || Integer.parseInt(length) > maxBodyBytes) {
            return Optional.of(fatal(in, 413, "Content-Length is not 0.." + maxBodyBytes, headers));
        }
        int bodyBytes = Integer.parseInt(length);
        awaitedBytes = headBytes + bodyBytes;
        if (in.remaining() < awaitedBytes) {
            return Optional.empty();
        }
        awaitedBytes = 0;
        String body = string(in, in.position() + headBytes, bodyBytes);
        in.position(in.position() + headBytes + bodyBytes);
        return Optional.of(message(lines.getFirst(), headers, body));
    }

    private static RtspMessage message(String firstLine, RtspHeaders headers, String body) {
        if (firstLine.startsWith("RTSP/")) {
            String[] parts = firstLine.split(" ", 3);
            return parts.length < 2 || !isNumber(parts[1]) || parts[1].length() > 3
                    ? malformed(400, "the status line has no status", headers)
                    : new RtspMessage.Response(
                            Integer.parseInt(parts[1]), parts.length > 2 ? parts[2].strip() : "", headers, body);
        }
        String[] parts = firstLine.split(" ", -1);
        if (parts.length != 3 || !METHOD.matcher(parts[0]).matches() || parts[1].isEmpty()) {
            return malformed(400, "the request line is not METHOD URI " + VERSION, headers);
        }
        if (!parts[2].equals(VERSION)) {
            return malformed(505, "only " + VERSION + " is spoken here", headers);
        }
        if (headers.first("CSeq").isEmpty()) {
            return malformed(400, "the request has no CSeq", headers);
        }
        return new RtspMessage.Request(parts[0], parts[1], headers, body);
    }

    private static RtspMessage malformed(int status, String reason, RtspHeaders headers) {
        return new RtspMessage.Malformed(status, reason, headers.first("CSeq"), false);
    }

    private RtspMessage fatal(ByteBuffer in, int status, String reason, RtspHeaders headers) {
        broken = true;
        in.position(in.limit());
        return new RtspMessage.Malformed(status, reason, headers.first("CSeq"), true);
    }

    private static void skipBlankLines(ByteBuffer in) {
        while (in.hasRemaining() && (in.get(in.position()) == '\r' || in.get(in.position()) == '\n')) {
            in.get();
        }
    }

    /// Bytes up to and including the blank line that ends the head; -1 where there is none within the limit.
    private int headBytes(ByteBuffer in) {
        int end = Math.min(in.limit(), in.position() + maxHeadBytes);
        int line = in.position();
        for (int at = line; at < end; at++) {
            if (in.get(at) == '\n') {
                if (at == line || (at == line + 1 && in.get(line) == '\r')) {
                    return at + 1 - in.position();
                }
                line = at + 1;
            }
        }
        return -1;
    }

    /// Skips bytes until a message may begin; false if it takes more bytes to tell.
    private boolean findMessage(ByteBuffer in) {
        while (in.remaining() >= MIN_TEXT_BYTES) {
            if (beginsMessage(in)) {
                searching = false;
                return true;
            }
            searching = true;
            in.get();
            discardedBytes++;
        }
        return in.hasRemaining() && !searching && in.get(in.position()) == '$';
    }

    /// In the midst of unknown bytes a `$` counts only in front of a header of RTP or RTCP.
    private boolean beginsMessage(ByteBuffer in) {
        int start = in.position();
        if (in.get(start) == '$') {
            boolean likely = (in.get(start + 1) & 0xff) <= MAX_RESYNC_CHANNEL
                    && (in.getShort(start + 2) & 0xffff) >= MIN_RTP_BYTES
                    && (in.get(start + 4) & 0xc0) == 0x80;
            return !searching || likely;
        }
        return TEXT_BEGINNINGS.contains(string(in, start, MIN_TEXT_BYTES));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String string(ByteBuffer in, int from, int count) {
        return StandardCharsets.UTF_8.decode(in.slice(from, count)).toString();
    }
}
