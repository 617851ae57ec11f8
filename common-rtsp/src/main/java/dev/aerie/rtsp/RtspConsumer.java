package dev.aerie.rtsp;

import dev.aerie.threads.BackgroundThread;
import dev.aerie.threads.Backoff;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream until it is closed: connects, reconnects, and passes each unit to [#accept].
///
/// ```
/// source ▸ reader thread ⇒ BackpressurePolicy ⇒ worker thread ▸ accept      watchdog: closes a silent source
/// ```
///
/// A subclass is called sequentially on the worker thread, which with [BackpressurePolicy.Inline] is the reader
/// itself. After loss, end or silence it reconnects with back-off. An unchecked exception or an [Error] ends the
/// consumer: [#health] reports it, [#failed] is called, and the owner starts a new consumer.
///
/// - `T`: [VideoFrame] or [dev.aerie.video.AccessUnit]
public abstract class RtspConsumer<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RtspConsumer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int WATCHDOG_LOOKS_PER_TIMEOUT = 20;

    private final RtspConfig config;
    private final StreamSource.Opener<T> opener;
    private final Backoff backoff;
    private final HandoffQueue<T> handoffQueue;
    private final ConsumerMeter meter = new ConsumerMeter();
    private final SourceConnection<T> sourceConnection;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final BackgroundThread reader;
    private final BackgroundThread worker;
    private final BackgroundThread watchdog;

    /// - `random`: jitter for the reconnections of many consumers
    @SuppressWarnings("this-escape") // the threads are not started before #start
    protected RtspConsumer(RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random) {
        this.config = config;
        this.opener = opener;
        this.backoff =
                Backoff.doubling(config.reconnect().first(), config.reconnect().longest(), random);
        this.handoffQueue = new HandoffQueue<>(config.policy());
        this.sourceConnection = new SourceConnection<>(config.stallTimeout());
        this.reader = thread("reader", this::read, isDirect());
        this.worker = thread("worker", this::work, !isDirect());
        this.watchdog = thread("watchdog", this::watch, false);
    }

    /// Processes one unit, on the consumer's own thread; the unit is lent until this returns. Must not swallow
    /// interrupts: they mean close.
    protected abstract void accept(T unit);

    /// The stream was lost, or an attempt to open it failed; on the consumer's own thread, after the last unit of
    /// that connection. The next attempt is automatic.
    protected void lost(LossCause cause) {}

    /// A bug, in [#accept] or below, has ended the consumer; on the thread that failed. Must not wait.
    protected void failed(Throwable cause) {}

    /// Frees the resources of [#accept]; called once, after its last call and on its thread. A consumer that was
    /// never started calls it from [#close].
    protected void release() {}

    /// Starts connecting; callable once.
    public final void start() {
        if (!started.compareAndSet(false, true) || isStopping()) {
            throw new IllegalStateException("consumer of " + config.stream() + " was started or closed before");
        }
        meter.enter(ConsumerState.CONNECTING, "");
        reader.start();
        if (!isDirect()) {
            worker.start();
        }
        watchdog.start();
    }

    /// Closes the connection and opens a new one at once.
    public final void restart() {
        sourceConnection.abort(LossCause.RESTARTED);
    }

    public final String stream() {
        return config.stream();
    }

    public final ConsumerStatistics statistics() {
        return meter.statistics(handoffQueue.dropped(), sourceConnection.skipped());
    }

    public final ConsumerHealth health() {
        return meter.health();
    }

    /// Whether it is closed and none of its threads run: shared resources may be freed.
    public final boolean hasEnded() {
        return released.get() && isStopping() && !reader.isAlive() && !worker.isAlive();
    }

    /// Ends all threads and waits for them, a few seconds at most; may be called twice, and from [#accept]. If a
    /// call of [#accept] takes longer, its thread calls [#release] later.
    @Override
    public final void close() {
        meter.enter(ConsumerState.CLOSED, "");
        stop();
        if (started.compareAndSet(false, true)) {
            releaseOnce();
        }
        for (BackgroundThread thread : List.of(reader, worker, watchdog)) {
            boolean _ = thread.close(CLOSE_TIMEOUT);
        }
    }

    private void releaseOnce() {
        if (released.compareAndSet(false, true)) {
            release();
        }
    }

    private void stop() {
        stopped.countDown();
        handoffQueue.close();
        reader.interrupt();
        worker.interrupt();
        sourceConnection.abort(LossCause.ENDED);
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /// The reader thread: one connection after another.
    private void read() throws InterruptedException {
        while (!isStopping()) {
            meter.enter(ConsumerState.CONNECTING, "");
            var loss = readOneConnection();
            if (isStopping()) {
                return;
            }
            if (sourceConnection.wasHealthyFor(config.reconnect().healthyAfter())) {
                backoff.reset();
            }
            var wait = loss.cause() == LossCause.RESTARTED ? Duration.ZERO : backoff.next();
            LOG.warn(
                    "stream lost stream={} cause={} retryMillis={} reason={}",
                    config.stream(),
                    loss.cause(),
                    wait.toMillis(),
                    loss.reason());
            meter.lost(loss.cause(), loss.reason());
            reportLoss(loss.cause());
            boolean _ = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private record Loss(LossCause cause, String reason) {}

    private Loss readOneConnection() throws InterruptedException {
        try (var source = opener.open()) {
            sourceConnection.opened(source);
            while (!isStopping()) {
                T unit = sourceConnection.next();
                meter.received(unit instanceof VideoFrame frame ? frame.decodeNanos() : -1);
                deliver(unit);
            }
            return new Loss(LossCause.ENDED, "closed");
        } catch (IOException e) {
            return new Loss(sourceConnection.causeOf(e), String.valueOf(e.getMessage()));
        } finally {
            sourceConnection.closed();
        }
    }

    private void deliver(T unit) throws InterruptedException {
        if (isDirect()) {
            accept(unit);
            meter.processed();
        } else {
            handoffQueue.put(unit);
        }
    }

    private void reportLoss(LossCause cause) {
        if (isDirect()) {
            lost(cause);
        } else {
            handoffQueue.lost(cause);
        }
    }

    private boolean isDirect() {
        return config.policy() instanceof BackpressurePolicy.Inline;
    }

    /// The worker thread.
    private void work() throws InterruptedException {
        while (!isStopping()) {
            switch (handoffQueue.take()) {
                case HandoffQueue.Item.Unit<T>(T unit) -> acceptAndRelease(unit);
                case HandoffQueue.Item.Lost<T>(LossCause cause) -> lost(cause);
            }
        }
    }

    private void acceptAndRelease(T unit) {
        try {
            accept(unit);
            meter.processed();
        } finally {
            HandoffQueue.release(unit);
        }
    }

    /// The watchdog thread: looks when the stream could have stalled at the earliest, a few times per time-out at
    /// most.
    private void watch() throws InterruptedException {
        long shortestNanos = Math.max(1, config.stallTimeout().toNanos() / WATCHDOG_LOOKS_PER_TIMEOUT);
        long waitNanos = config.stallTimeout().toNanos();
        while (!stopped.await(Math.max(shortestNanos, waitNanos), TimeUnit.NANOSECONDS)) {
            waitNanos = sourceConnection.nanosToStall();
            if (waitNanos <= 0) {
                sourceConnection.abort(LossCause.STALLED);
            }
        }
    }

    /// - `accepts`: whether [#accept] is called on it
    private BackgroundThread thread(String role, BackgroundThread.Body body, boolean accepts) {
        return BackgroundThread.of(role, config.stream(), () -> {
            try {
                body.run();
            } catch (InterruptedException _) {
                stopBecause(null);
            } catch (RuntimeException | Error bug) {
                stopBecause(bug);
            } finally {
                if (accepts) {
                    releaseOnce();
                }
            }
        });
    }

    /// A thread has ended, by a bug or on request; the others end with it.
    private void stopBecause(@Nullable Throwable bug) {
        boolean isFirst = !isStopping();
        stop();
        if (bug != null && isFirst) {
            LOG.error("consumer failed stream={}", config.stream(), bug);
            meter.enter(ConsumerState.FAILED, bug.toString());
            failed(bug);
        }
    }
}
