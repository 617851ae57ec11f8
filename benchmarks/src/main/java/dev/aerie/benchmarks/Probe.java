package dev.aerie.benchmarks;

import dev.aerie.rtsp.StreamSource;
import dev.aerie.simulator.barcode.BarcodeReader;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A reader that decodes every frame, as a service would, and measures the latency since the publisher sent it. Owns
/// one thread.
///
/// The frame number is read from the image, because a server that pulls assigns a new identity; publisher and probe
/// share this process's clock. A latency of ten seconds or more would count as the next loop of the clip.
final class Probe implements AutoCloseable {

    private static final long BETWEEN_ATTEMPTS_NANOS = 250_000_000;

    private final StreamSource.Opener<VideoFrame> opener;
    private final BenchPublisher benchPublisher;
    private final CompletableFuture<Long> firstFrameNanos = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "probe");
    private volatile Latencies latencies = new Latencies();
    private volatile String lastFailure = "the server sends nothing";
    private volatile boolean closed;

    private Probe(StreamSource.Opener<VideoFrame> opener, BenchPublisher benchPublisher) {
        this.opener = opener;
        this.benchPublisher = benchPublisher;
    }

    /// Connects and reads until closed; a lost connection is opened again.
    static Probe start(StreamSource.Opener<VideoFrame> opener, BenchPublisher benchPublisher) {
        var probe = new Probe(opener, benchPublisher);
        probe.thread.start();
        return probe;
    }

    /// Time from connecting to the first decoded frame, of the attempt that succeeded; throws [IOException] if none
    /// comes within `limit`.
    Duration awaitFirstFrame(Duration limit) throws IOException, InterruptedException {
        try {
            return Duration.ofNanos(firstFrameNanos.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("no frame within " + limit.toSeconds() + " s: " + lastFailure, e);
        }
    }

    /// Starts a new measurement and returns it.
    Latencies measure() {
        var fresh = new Latencies();
        latencies = fresh;
        return fresh;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            long connecting = System.nanoTime();
            try (var source = opener.open()) {
                read(source, connecting);
            } catch (IOException e) {
                lastFailure = String.valueOf(e.getMessage());
                LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
            }
        }
    }

    private void read(StreamSource<VideoFrame> source, long connecting) throws IOException {
        while (!closed) {
            VideoFrame frame = source.next();
            long decoded = frame.decodedAtNanos();
            firstFrameNanos.complete(decoded - connecting);
            BarcodeReader.read(frame)
                    .ifPresent(number ->
                            benchPublisher.sentNanos(number).ifPresent(sent -> latencies.add(decoded - sent)));
        }
    }
}
