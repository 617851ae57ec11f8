package dev.aerie.ingest.webrtc;

import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The DTLS of one session, whose library blocks: it has a thread of its own, from the browser's first datagram on.
final class DtlsLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsLink.class);
    private static final int MAX_WAITING = 64;
    private static final int POLL_MILLIS = 1_000;
    private static final int MAX_BYTES = 1_500;
    private static final int MAX_SENT_BYTES = 1_200;
    private static final int MAX_MESSAGE_BYTES = 32_768;

    /// Records and messages of DTLS 1.2 (RFC 6347, 4.1 and 4.2.2): where their fields are.
    private static final int HANDSHAKE = 22;

    private static final int EPOCH_AT = 3;
    private static final int RECORD_LENGTH_AT = 11;
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int FRAGMENT_LENGTH_AT = 8;
    private static final int MESSAGE_HEADER_BYTES = 12;

    /// What the library ignores.
    private static final byte[] NOTHING = {};

    private final DtlsServer server;
    private final Consumer<byte[]> sender;
    private final Listener listener;
    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(MAX_WAITING);
    private final BackgroundThread thread;
    private volatile boolean closed;

    /// What becomes of it, called on its thread.
    interface Listener {

        void secured(DtlsServer.Exported keys);

        /// It has ended, or never began, for this reason.
        void failed(String reason);
    }

    /// - `sender`: sends one datagram; any thread
    DtlsLink(String session, DtlsServer server, Consumer<byte[]> sender, Listener listener) {
        this.server = server;
        this.sender = sender;
        this.listener = listener;
        this.thread = BackgroundThread.of("webrtc-dtls", session, this::run);
    }

    /// Whether a datagram is DTLS, by its first byte (RFC 7983).
    static boolean isDtls(byte[] datagram) {
        return datagram.length > 0 && datagram[0] >= 20 && datagram[0] <= 63;
    }

    /// Whether each message of a handshake that a datagram begins is of a size that occurs: the library keeps room for
    /// as many bytes as a message in the clear says it has, sixteen times 16 MiB for one datagram (CVE-2026-59646).
    static boolean isOfBearableSize(byte[] datagram) {
        var bytes = ByteBuffer.wrap(datagram);
        for (int record = 0; record + RECORD_HEADER_BYTES <= datagram.length; ) {
            int end = record + RECORD_HEADER_BYTES + (bytes.getShort(record + RECORD_LENGTH_AT) & 0xffff);
            if (datagram[record] == HANDSHAKE && bytes.getShort(record + EPOCH_AT) == 0) {
                int message = record + RECORD_HEADER_BYTES;
                while (message + MESSAGE_HEADER_BYTES <= Math.min(end, datagram.length)) {
                    if (bytes.getInt(message) << 8 >>> 8 > MAX_MESSAGE_BYTES) {
                        return false;
                    }
                    message += MESSAGE_HEADER_BYTES + (bytes.getInt(message + FRAGMENT_LENGTH_AT) & 0xffffff);
                }
            }
            record = end;
        }
        return true;
    }

    void start() {
        thread.start();
    }

    /// Takes a datagram of the browser; one too many is lost, as datagrams are, and so is one of no bearable size.
    void receive(byte[] datagram) {
        boolean _ = isOfBearableSize(datagram) && received.offer(datagram);
    }

    /// Ends it without waiting: its thread is woken, says goodbye and ends.
    @Override
    public void close() {
        closed = true;
        boolean _ = received.offer(NOTHING);
    }

    /// Failures are the network's or the browser's, and end the session: nothing is tried again.
    private void run() throws InterruptedException {
        DTLSTransport transport = null;
        try {
            transport = new DTLSServerProtocol().accept(server, new Datagrams());
            listener.secured(server.exported());
            var unread = new byte[MAX_BYTES];
            while (!closed) {
                int _ = transport.receive(unread, 0, unread.length, POLL_MILLIS);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("dtls ended thread={}", thread.name(), e);
            listener.failed(String.valueOf(e.getMessage()));
        } finally {
            end(transport);
        }
    }

    private static void end(@Nullable DTLSTransport transport) {
        if (transport == null) {
            return;
        }
        try {
            transport.close();
        } catch (IOException e) {
            LOG.debug("dtls not closed", e);
        }
    }

    /// The session's datagrams, as the library wants them.
    private final class Datagrams implements DatagramTransport {

        @Override
        public int getReceiveLimit() {
            return MAX_BYTES;
        }

        @Override
        public int getSendLimit() {
            return MAX_SENT_BYTES;
        }

        @Override
        public int receive(byte[] into, int at, int bytes, int waitMillis) throws IOException {
            try {
                if (closed) {
                    throw new IOException("the session has ended");
                }
                byte[] next = received.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (next == null) {
                    return -1;
                }
                int taken = Math.min(bytes, next.length);
                System.arraycopy(next, 0, into, at, taken);
                return taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void send(byte[] from, int at, int bytes) {
            var datagram = new byte[bytes];
            System.arraycopy(from, at, datagram, 0, bytes);
            sender.accept(datagram);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
