package dev.aerie.cli.bench;

import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A reader that decodes every picture, as a service would, and takes the time since the publisher handed it over. Owns
/// one thread.
///
/// Which picture it is stands in the picture's identity; publisher and probe share this process's clock.
final class Probe implements AutoCloseable {

    private final StreamSource.Opener<VideoFrame> opener;
    private final Publisher publisher;
    private final CompletableFuture<Long> firstPictureNanos = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "probe");
    private volatile Latencies latencies = new Latencies();
    private volatile boolean closed;

    private Probe(StreamSource.Opener<VideoFrame> opener, Publisher publisher) {
        this.opener = opener;
        this.publisher = publisher;
    }

    /// Connects and reads until closed; a lost connection is opened again.
    static Probe start(StreamSource.Opener<VideoFrame> opener, Publisher publisher) {
        var probe = new Probe(opener, publisher);
        probe.thread.start();
        return probe;
    }

    /// Time from connecting to the first decoded picture; throws [IOException] if none comes within `limit`.
    Duration awaitFirstPicture(Duration limit) throws IOException, InterruptedException {
        try {
            return Duration.ofNanos(firstPictureNanos.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new IOException("no picture within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no picture: " + e.getCause(), e);
        }
    }

    /// Forgets what was measured so far and begins anew; returns the measurement that goes on from here.
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
                if (!closed) {
                    firstPictureNanos.completeExceptionally(e);
                }
            }
        }
    }

    private void read(StreamSource<VideoFrame> source, long connecting) throws IOException {
        while (!closed) {
            VideoFrame frame = source.next();
            long decoded = frame.decodedAtNanos();
            firstPictureNanos.complete(decoded - connecting);
            latencies.add(decoded - publisher.sentNanos(frame.stamp().id().frameNumber()));
        }
    }
}
