package dev.aerie.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// A publisher that sends a clip in a loop, in real time, over the ingest's WebSocket and stores when it sent each
/// frame. Owns one thread.
///
/// After each access unit it sends a delimiter, so that the ingest knows that the unit is complete before the next one
/// arrives.
final class BenchPublisher implements AutoCloseable {

    private static final String WHOLE_UNITS = "{\"type\":\"video_config\",\"framing\":\"access_units\"}";
    private static final long NANOS_PER_FRAME = 1_000_000_000L / BenchClip.FRAMES_PER_SECOND;

    private final BenchClip benchClip;
    private final WebSocket socket;
    private final AtomicLongArray sentNanos;
    private final AtomicLong sent = new AtomicLong();
    private final Thread thread = new Thread(this::run, "publisher");

    private BenchPublisher(BenchClip benchClip, WebSocket socket) {
        this.benchClip = benchClip;
        this.socket = socket;
        this.sentNanos = new AtomicLongArray(benchClip.length());
    }

    /// Connects and begins to send.
    static BenchPublisher start(URI ingest, String stream, BenchClip benchClip) throws IOException {
        try {
            URI url = URI.create("ws://" + ingest.getAuthority() + "/ws/video/" + stream);
            var socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(url, new WebSocket.Listener() {})
                    .join();
            var benchPublisher = new BenchPublisher(benchClip, socket);
            socket.sendText(WHOLE_UNITS, true).join();
            benchPublisher.thread.start();
            return benchPublisher;
        } catch (CompletionException e) {
            throw new IOException("the ingest refuses the publisher", e);
        }
    }

    /// `System.nanoTime()` at which frame `number` of the clip was sent last; empty before the first time.
    OptionalLong sentNanos(int number) {
        long nanos = number < sentNanos.length() ? sentNanos.get(number) : 0;
        return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /// Frames sent so far, and so the number of the next one in the relay's session.
    long sent() {
        return sent.get();
    }

    /// Waits until at least `count` frames have been sent since the start.
    void awaitFrames(long count) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, count - sent.get()) * NANOS_PER_FRAME));
    }

    /// Waits until frame `frame` of a group of `groupFrames` is sent.
    void awaitFrame(int frame, int groupFrames) throws InterruptedException {
        long ahead = Math.floorMod(frame - sent.get(), (long) groupFrames);
        Thread.sleep(Duration.ofNanos(ahead * NANOS_PER_FRAME));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        socket.abort();
    }

    private void run() {
        long start = System.nanoTime();
        for (long number = 0; !Thread.currentThread().isInterrupted(); number++) {
            parkUntil(start + number * NANOS_PER_FRAME);
            int frame = (int) (number % benchClip.length());
            ByteBuffer unit = benchClip.units().get(frame).annexB();
            sentNanos.set(frame, System.nanoTime());
            try {
                socket.sendBinary(unit, true).join();
            } catch (CompletionException _) {
                return; // the ingest is gone; the probe receives nothing more
            }
            sent.incrementAndGet();
        }
    }

    private static void parkUntil(long deadlineNanos) {
        long left = deadlineNanos - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = deadlineNanos - System.nanoTime();
        }
    }
}
