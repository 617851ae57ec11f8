package dev.aerie.ingest.forward;

import dev.aerie.ingest.relay.ReaderQueue;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import dev.aerie.rtsp.ffmpeg.NetworkPublisher;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.Backoff;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.Sps;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one stream to one server whenever it is live, as it is. A server that is away or too slow costs its own frames
/// only: it is tried again, and gets what comes from the next IDR frame on.
final class Forward implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /// A connection that held so long counts as one that works.
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(20);

    private final ForwardTarget target;
    private final Relay relay;
    private final ByteBudget budget;
    private final Backoff backoff = new Backoff();
    private final BackgroundThread thread;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean sending;

    Forward(int number, ForwardTarget target, Relay relay, ByteBudget budget) {
        this.budget = budget;
        this.target = target;
        this.relay = relay;
        this.thread = BackgroundThread.of("forward", target.stream() + "-" + number, this::run);
    }

    void start() {
        thread.start();
    }

    /// Whether the server takes frames now.
    boolean isSending() {
        return sending;
    }

    /// Frames sent so far.
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        thread.close();
    }

    private void run() throws InterruptedException {
        while (true) {
            RelayStream stream = relay.find(target.stream()).orElse(null);
            if (stream == null || stream.codec().isEmpty()) {
                Thread.sleep(LOOK_EVERY);
            } else {
                send(stream);
            }
        }
    }

    /// Until the stream ends or the server fails.
    private void send(RelayStream stream) throws InterruptedException {
        var queue = new ReaderQueue(budget);
        stream.subscribe(queue);
        long begunNanos = System.nanoTime();
        try {
            sendAll(queue);
            backoff.reset();
        } catch (IOException e) {
            if (System.nanoTime() - begunNanos > HEALTHY_AFTER.toNanos()) {
                backoff.reset();
            }
            var wait = backoff.next();
            LOG.warn("forward failed target={} cause={} retryMillis={}", target, e.getMessage(), wait.toMillis());
            stream.unsubscribe(queue);
            Thread.sleep(wait);
        } finally {
            sending = false;
            stream.unsubscribe(queue);
            queue.drop();
        }
    }

    private void sendAll(ReaderQueue queue) throws InterruptedException, IOException {
        @Nullable AccessUnit unit = queue.next();
        if (unit == null) {
            return;
        }
        try (var publisher = NetworkPublisher.open(target.url(), sizeOf(unit), unit)) {
            LOG.info("forward begun target={}", target);
            sending = true;
            while (unit != null) {
                publisher.send(unit);
                sent.incrementAndGet();
                unit = queue.next();
            }
        }
        LOG.info("forward ended target={} cause=the stream has ended", target);
    }

    /// Every stream begins with its parameter sets.
    private static FrameSize sizeOf(AccessUnit first) throws IOException {
        return Sps.in(first).map(Sps::size).orElseThrow(() -> new IOException("the stream's size is not known"));
    }
}
