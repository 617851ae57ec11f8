package dev.aerie.rtsp.tcp;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A connection to an RTSP server, cut into messages. Owns its socket. One thread reads, any may write and close.
///
/// Every wait is bounded, and ends in an [IOException] when the thread is interrupted or the wire closed.
final class RtspWire implements AutoCloseable {

    private static final int BUFFER_BYTES = 512 << 10;

    /// So much at once, and the next bytes are taken without a pause: nothing piles up at the server.
    private static final int MUCH_BYTES = 96 << 10;

    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int MAX_BODY_BYTES = 256 << 10;
    private static final int PACKET_HEAD_BYTES = 4;
    private static final byte PACKET_MARK = '$';

    private final SocketChannel channel;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long gatherNanos;
    private long lastReadNanos = System.nanoTime();
    private boolean wasMuch;
    private int from;
    private int to;

    private RtspWire(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.in = channel.socket().getInputStream();
    }

    @MustBeClosed
    static RtspWire connect(RtspUrl url, Duration limit) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(url.host(), url.port()), (int) limit.toMillis());
            return new RtspWire(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// From now on no read waits longer.
    void limitWaits(Duration limit) throws IOException {
        channel.socket().setSoTimeout((int) Math.max(1, limit.toMillis()));
    }

    /// From now on reads are so far apart, unless there is much to read.
    void gather(Duration pause) {
        gatherNanos = pause.toNanos();
    }

    synchronized void send(String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// The next message; waits for it. Throws [EOFException] where the server has closed the connection.
    RtspMessage next() throws IOException {
        require(PACKET_HEAD_BYTES);
        return buffer[from] == PACKET_MARK ? packet() : text();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private RtspMessage packet() throws IOException {
        int length = PACKET_HEAD_BYTES + unsignedShort(from + 2);
        require(length);
        int begin = from;
        from += length;
        int content = begin + PACKET_HEAD_BYTES;
        return new RtspMessage.Packet(buffer[begin + 1] & 0xff, ByteBuffer.wrap(buffer, content, from - content));
    }

    private RtspMessage text() throws IOException {
        var lines = new ArrayList<String>();
        int headBytes = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            headBytes += line.length();
            if (headBytes > MAX_HEAD_BYTES) {
                throw new IOException("RTSP message with too long a head");
            }
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return new RtspMessage.Request("");
        }
        var headers = headers(lines);
        String body = body(headers);
        String[] status = lines.getFirst().split(" ", 3);
        if (!status[0].startsWith("RTSP/") || status.length < 2) {
            return new RtspMessage.Request(lines.getFirst());
        }
        return new RtspMessage.Reply(number(status[1]), status.length > 2 ? status[2] : "", headers, body);
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        var headers = new HashMap<String, List<String>>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        var length = headers.get("content-length");
        if (length == null) {
            return "";
        }
        int count = number(length.getFirst());
        if (count > MAX_BODY_BYTES) {
            throw new IOException("RTSP message with a body of " + count + " bytes");
        }
        require(count);
        String body = new String(buffer, from, count, StandardCharsets.UTF_8);
        from += count;
        return body;
    }

    /// Without its end.
    private String line() throws IOException {
        int length = 0;
        while (true) {
            require(length + 1);
            if (buffer[from + length] == '\n') {
                String line = new String(buffer, from, length, StandardCharsets.UTF_8);
                from += length + 1;
                return line.stripTrailing();
            }
            if (++length > MAX_HEAD_BYTES) {
                throw new IOException("this is not RTSP: no end of line in " + length + " bytes");
            }
        }
    }

    /// Reads until there are `count` bytes from `from` on, and whatever more there is.
    private void require(int count) throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        }
        if (from + count > buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        while (to - from < count) {
            pause();
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                throw new EOFException("the server has closed the connection");
            }
            to += read;
            wasMuch = read >= MUCH_BYTES;
        }
    }

    private void pause() throws IOException {
        if (gatherNanos == 0) {
            return;
        }
        long left = lastReadNanos + gatherNanos - System.nanoTime();
        if (left > 0 && !wasMuch) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        lastReadNanos = System.nanoTime();
    }

    private int unsignedShort(int at) {
        return (buffer[at] & 0xff) << 8 | (buffer[at + 1] & 0xff);
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseUnsignedInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IOException("not a number in an RTSP message: " + text, e);
        }
    }
}
