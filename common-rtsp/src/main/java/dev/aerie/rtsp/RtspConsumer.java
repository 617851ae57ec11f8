package dev.aerie.rtsp;

import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream for as long as it lives: connects, reconnects, and hands unit after unit to [#accept].
///
/// ```
/// source ▸ reader thread ⇒ FrameProvider ⇒ worker thread ▸ accept        watchdog: closes a source that is silent
/// ```
///
/// A subclass sees sequential code on the worker thread, which with [FrameProvider.Direct] is the reader itself. Loss,
/// end and silence are weather: waited out with
/// back-off. An unchecked exception is a bug: it ends the consumer and [#health] says so.
///
/// - `T`: [VideoFrame] or [dev.aerie.video.AccessUnit]
public abstract class RtspConsumer<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RtspConsumer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int WATCHDOG_TICKS_PER_TIMEOUT = 20;

    private final RtspConfig config;
    private final StreamSource.Opener<T> opener;
    private final Backoff backoff;
    private final Handoff<T> handoff;
    private final ConsumerMeter meter = new ConsumerMeter();
    private final Connection<T> connection;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread reader;
    private final Thread worker;
    private final Thread watchdog;

    /// - `random`: spreads the attempts of many consumers
    protected RtspConsumer(RtspConfig config, StreamSource.Opener<T> opener, RandomGenerator random) {
        this.config = config;
        this.opener = opener;
        this.backoff = new Backoff(config.reconnect(), random);
        this.handoff = new Handoff<>(config.provider());
        this.connection = new Connection<>(config.stallTimeout());
        this.reader = thread("reader", this::read);
        this.worker = thread("worker", this::work);
        this.watchdog = thread("watchdog", this::watch);
    }

    /// Takes one unit, on the consumer's own thread; the unit is lent until this returns. Must not swallow
    /// interrupts: they mean close.
    protected abstract void accept(T unit);

    /// The stream was lost, or an attempt to open it failed; on the consumer's own thread, behind the last unit of
    /// that connection. The next attempt is made without being asked.
    protected void lost(LossCause cause) {}

    /// Begins to connect; once only.
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

    /// Gives the connection up and makes a fresh one at once.
    public final void restart() {
        connection.giveUp(LossCause.RESTARTED);
    }

    public final String stream() {
        return config.stream();
    }

    public final ConsumerStatistics statistics() {
        return meter.statistics(handoff.dropped(), connection.skipped());
    }

    public final ConsumerHealth health() {
        return meter.health();
    }

    /// Ends everything and waits for it, a few seconds at most; may be called twice, and from [#accept].
    @Override
    public final void close() {
        meter.enter(ConsumerState.CLOSED, "");
        stop();
        boolean interrupted = false;
        for (Thread thread : new Thread[] {reader, worker, watchdog}) {
            interrupted |= !join(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        stopped.countDown();
        handoff.close();
        reader.interrupt();
        worker.interrupt();
        connection.giveUp(LossCause.ENDED);
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
            if (connection.lasted(config.reconnect().healthyAfter())) {
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
            tell(loss.cause());
            boolean _ = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private record Loss(LossCause cause, String reason) {}

    private Loss readOneConnection() throws InterruptedException {
        try (var source = opener.open()) {
            connection.opened(source);
            while (!isStopping()) {
                T unit = connection.next();
                meter.received(unit instanceof VideoFrame picture ? picture.decodeNanos() : -1);
                deliver(unit);
            }
            return new Loss(LossCause.ENDED, "closed");
        } catch (IOException e) {
            return new Loss(connection.causeOf(e), String.valueOf(e.getMessage()));
        } finally {
            connection.closed();
        }
    }

    private void deliver(T unit) throws InterruptedException {
        if (isDirect()) {
            accept(unit);
            meter.processed();
        } else {
            handoff.put(unit);
        }
    }

    private void tell(LossCause cause) {
        if (isDirect()) {
            lost(cause);
        } else {
            handoff.lost(cause);
        }
    }

    private boolean isDirect() {
        return config.provider() instanceof FrameProvider.Direct;
    }

    /// The worker thread.
    private void work() throws InterruptedException {
        while (!isStopping()) {
            switch (handoff.take()) {
                case Handoff.Item.Unit<T>(T unit) -> acceptAndRelease(unit);
                case Handoff.Item.Lost<T>(LossCause cause) -> lost(cause);
            }
        }
    }

    private void acceptAndRelease(T unit) {
        try {
            accept(unit);
            meter.processed();
        } finally {
            Handoff.release(unit);
        }
    }

    /// The watchdog thread: looks a few times per time-out.
    private void watch() throws InterruptedException {
        long tickNanos = Math.max(1, config.stallTimeout().toNanos() / WATCHDOG_TICKS_PER_TIMEOUT);
        while (!stopped.await(tickNanos, TimeUnit.NANOSECONDS)) {
            if (connection.isStalled()) {
                connection.giveUp(LossCause.STALLED);
            }
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread thread(String role, Work work) {
        return Thread.ofPlatform().name(role + "-" + config.stream()).daemon().unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException _) {
                stopBecause(null);
            } catch (RuntimeException | Error bug) {
                stopBecause(bug);
            }
        });
    }

    /// A thread has ended: with a bug, or because it was told to; the others end with it.
    private void stopBecause(@Nullable Throwable bug) {
        if (bug != null && !isStopping()) {
            LOG.error("consumer failed stream={}", config.stream(), bug);
            meter.enter(ConsumerState.FAILED, bug.toString());
        }
        stop();
    }

    private static boolean join(Thread thread) {
        try {
            if (!thread.equals(Thread.currentThread()) && thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
                LOG.warn("thread does not end thread={} waitedMillis={}", thread.getName(), CLOSE_TIMEOUT.toMillis());
            }
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }
}
