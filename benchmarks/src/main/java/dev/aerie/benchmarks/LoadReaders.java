package dev.aerie.benchmarks;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.client.RawPlayback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Many readers of one stream that receive and discard, on one thread: the server pays for real readers, this machine
/// for little else.
final class LoadReaders implements AutoCloseable {

    private static final int DISCARD_BYTES = 1 << 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final int STALLED_RECEIVE_BYTES = 4096;
    private static final long KEEP_ALIVE_NANOS = 20_000_000_000L;
    private static final byte[] KEEP_ALIVE =
            "OPTIONS * RTSP/1.0\r\nCSeq: 99\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "load-readers");
    private volatile int gone;

    private LoadReaders(Selector selector) {
        this.selector = selector;
    }

    /// Connects `count` readers one after the other; returns when all play. Retries for a while where the server does
    /// not serve the stream yet or still tears down the last session.
    static LoadReaders start(URI url, int count) throws IOException, InterruptedException {
        var readers = new LoadReaders(Selector.open());
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = playPatiently(url);
                readers.channels.add(channel);
                channel.configureBlocking(false);
                channel.register(readers.selector, SelectionKey.OP_READ);
            }
        } catch (IOException | InterruptedException e) {
            readers.closeChannels();
            throw e;
        }
        readers.thread.start();
        return readers;
    }

    @SuppressWarnings("MustBeClosedChecker") // the list of readers owns it
    private static SocketChannel playPatiently(URI url) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RunningRelay.START_LIMIT.toNanos();
        while (true) {
            try {
                return RawPlayback.start(url.toString(), 0, START_LIMIT);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    /// A reader that plays and never reads; the caller closes it.
    @MustBeClosed
    static SocketChannel stalled(URI url) throws IOException {
        return RawPlayback.start(url.toString(), STALLED_RECEIVE_BYTES, START_LIMIT);
    }

    /// Number of readers that the server disconnected.
    int gone() {
        return gone;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        closeChannels();
    }

    private void run() {
        ByteBuffer discarded = ByteBuffer.allocateDirect(DISCARD_BYTES);
        long nextKeepAlive = System.nanoTime() + KEEP_ALIVE_NANOS;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(key -> discard((SocketChannel) key.channel(), discarded), 1000);
                if (System.nanoTime() > nextKeepAlive) {
                    nextKeepAlive += KEEP_ALIVE_NANOS;
                    keepAlive();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepAlive() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                ((SocketChannel) key.channel()).write(ByteBuffer.wrap(KEEP_ALIVE));
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void discard(SocketChannel channel, ByteBuffer buffer) {
        try {
            int bytes = channel.read(buffer.clear());
            if (bytes < 0) {
                gone++;
                channel.close();
            }
        } catch (IOException _) {
            gone++;
            closeQuietly(channel);
        }
    }

    private void closeChannels() {
        channels.forEach(LoadReaders::closeQuietly);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // It is closed in any case.
        }
    }
}
