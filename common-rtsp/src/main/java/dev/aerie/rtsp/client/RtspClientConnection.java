package dev.aerie.rtsp.client;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.message.RtspParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A connection to an RTSP server. Owns its socket. One thread reads, any may write and close.
///
/// `rtsps://` is TLS from the first byte; the server's certificate must be of an authority that this process trusts
/// ([dev.aerie.tls.TrustedAuthorities]) and have the name or address in the URL.
///
/// Every wait is bounded, and ends in an [IOException] when the thread is interrupted or the connection closed.
final class RtspClientConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 512 << 10;

    /// After a read of at least this size the next one follows without a pause: nothing piles up at the server.
    private static final int BURST_BYTES = 96 << 10;

    private static final int MIN_READ_BYTES = 64 << 10;
    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int MAX_BODY_BYTES = 256 << 10;

    private final SocketChannel channel;

    /// The channel's own, or TLS over it.
    private final Socket socket;

    private final InputStream in;
    private final RtspParser parser = RtspParser.ofClient(MAX_HEAD_BYTES, MAX_BODY_BYTES);

    /// From position to limit: bytes that were received and not parsed yet.
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    private long gatherNanos;
    private long lastReadNanos = System.nanoTime();
    private boolean wasBurst;

    private RtspClientConnection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    @MustBeClosed
    static RtspClientConnection connect(RtspUrl url, Duration limit) throws IOException {
        return connect(url, limit, 0);
    }

    /// - `receiveBufferBytes`: of the socket; 0 leaves it to the system
    @MustBeClosed
    static RtspClientConnection connect(RtspUrl url, Duration limit, int receiveBufferBytes) throws IOException {
        var channel = SocketChannel.open();
        try {
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(url.host(), url.port()), (int) limit.toMillis());
            return new RtspClientConnection(
                    channel, url.isSecure() ? secured(channel.socket(), url, limit) : channel.socket());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static SSLSocket secured(Socket connected, RtspUrl url, Duration limit) throws IOException {
        try {
            connected.setSoTimeout((int) Math.max(1, limit.toMillis()));
            var socket = (SSLSocket) SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket(connected, url.plainHost(), url.port(), true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // as RFC 7826, 19.2 has it
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("TLS is not there: " + e.getMessage(), e);
        }
    }

    /// From now on no read waits longer.
    void limitWaits(Duration limit) throws IOException {
        socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    }

    /// From now on reads are at least this far apart, except in bursts.
    void gather(Duration pause) {
        gatherNanos = pause.toNanos();
    }

    synchronized void send(RtspMessage.Request request) throws IOException {
        if (isSecure()) {
            OutputStream out = socket.getOutputStream();
            out.write(request.encode());
            out.flush();
            return;
        }
        var bytes = ByteBuffer.wrap(request.encode());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// The next message; waits for it. A packet's bytes are lent until the next call. Throws [EOFException] where the
    /// server has closed the connection.
    RtspMessage next() throws IOException {
        while (true) {
            Optional<RtspMessage> message = parser.next(received);
            if (message.isEmpty()) {
                read();
            } else if (message.get() instanceof RtspMessage.Malformed malformed && malformed.fatal()) {
                throw new IOException("not RTSP: " + malformed.reason());
            } else {
                return message.get();
            }
        }
    }

    /// Bytes between messages that belonged to none.
    long discardedBytes() {
        return parser.discardedBytes();
    }

    /// Its socket, for a caller that reads what follows itself, and then owns it; packets that came with the last
    /// response are lost.
    SocketChannel channel() {
        return channel;
    }

    /// Without a goodbye of TLS, which could wait for the reading thread.
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Waits for bytes and takes as many as there are.
    private void read() throws IOException {
        if (!received.hasRemaining()) {
            received.position(0).limit(0);
        } else if (received.capacity() - received.limit() < MIN_READ_BYTES) {
            received.compact().flip();
        }
        pause();
        int end = received.limit();
        int count = in.read(received.array(), end, received.capacity() - end);
        if (count < 0) {
            throw new EOFException("the server has closed the connection");
        }
        received.limit(end + count);
        wasBurst = isSecure() ? channel.socket().getInputStream().available() > 0 : count >= BURST_BYTES;
    }

    /// TLS gives out a record at a time, 16 KiB at most: whether more is here its socket tells.
    private boolean isSecure() {
        return socket instanceof SSLSocket;
    }

    private void pause() throws IOException {
        if (gatherNanos == 0) {
            return;
        }
        long left = lastReadNanos + gatherNanos - System.nanoTime();
        if (left > 0 && !wasBurst) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        lastReadNanos = System.nanoTime();
    }
}
