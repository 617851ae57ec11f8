package dev.aerie.threads;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A daemon thread that no failure ends: what its body throws is logged and counted ([ThreadFailures]), and the body is
/// run again after 1, 2, 5, 10, then every 30 s.
///
/// It ends when the body returns, when it is interrupted, and at [#close]. One owner.
public final class BackgroundThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /// A body that ran this long before it failed resets the back-off.
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);

    private static final int FAILURES_PER_LOG_LINE = 120;

    /// What a thread does.
    @FunctionalInterface
    public interface Body {
        void run() throws InterruptedException, IOException;
    }

    private final String kind;
    private final Body body;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean abandoned;

    private BackgroundThread(String kind, String name, Backoff backoff, Body body) {
        this.kind = kind;
        this.body = body;
        this.backoff = backoff;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::runGuarded);
        ThreadFailures.known(kind);
    }

    /// A thread that runs `body` once [#start] is called.
    ///
    /// - `name`: of the thread, and of its row in the metrics
    public static BackgroundThread of(String name, Body body) {
        return new BackgroundThread(name, name, new Backoff(), body);
    }

    /// A thread for one stream: all threads of a `kind` share a row in the metrics.
    public static BackgroundThread of(String kind, String stream, Body body) {
        return new BackgroundThread(kind, kind + "-" + stream, new Backoff(), body);
    }

    /// A thread with waits of its own, for tests.
    static BackgroundThread of(String name, Backoff backoff, Body body) {
        return new BackgroundThread(name, name, backoff, body);
    }

    /// A thread that runs `round` again and again, `period` after each one's end, the first time after one `period`.
    /// A round that fails costs itself alone.
    public static BackgroundThread every(String name, Duration period, Body round) {
        return of(name, new Rounds(name, period, round));
    }

    public void start() {
        thread.start();
    }

    public String name() {
        return thread.getName();
    }

    /// Whether it was started and has not ended.
    public boolean isAlive() {
        return thread.isAlive();
    }

    /// Whether the caller runs on it.
    public boolean isCurrent() {
        return thread.equals(Thread.currentThread());
    }

    /// Wakes the body from what it waits for; what it does then is the body's business.
    public void interrupt() {
        thread.interrupt();
    }

    /// Does not run the body again, and waits until it returns by itself: one that was started is run once, even if it
    /// had not come to that yet. Returns whether it did within `limit`.
    public boolean finish(Duration limit) throws InterruptedException {
        stopping.countDown();
        return isCurrent() || !thread.isAlive() || thread.join(limit);
    }

    /// Interrupts the body and waits for its end, 5 s at most.
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /// As [#close], for `limit` at most. Returns whether it has ended.
    public boolean close(Duration limit) {
        abandoned = true;
        stopping.countDown();
        thread.interrupt();
        try {
            if (finish(limit)) {
                return true;
            }
            LOG.warn("thread does not end thread={} waitedMillis={}", name(), limit.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void runGuarded() {
        try {
            boolean done = abandoned;
            while (!done) {
                done = runOnce() || isStopping();
            }
        } catch (InterruptedException _) {
            LOG.debug("thread interrupted thread={}", name());
        } finally {
            ThreadFailures.works(name());
        }
    }

    private boolean runOnce() throws InterruptedException {
        long beganNanos = System.nanoTime();
        ThreadFailures.works(name());
        try {
            body.run();
            return true;
        } catch (IOException | RuntimeException | Error failure) {
            if (isStopping()) {
                LOG.debug("thread ends thread={} cause={}", name(), failure.toString());
                return true;
            }
            if (System.nanoTime() - beganNanos > HEALTHY_AFTER.toNanos()) {
                backoff.reset();
            }
            var wait = backoff.next();
            ThreadFailures.failed(kind, name(), failure);
            LOG.error("thread failed thread={} retryMillis={}", name(), wait.toMillis(), failure);
            return stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /// A body that is made of rounds; used by its thread alone.
    private static final class Rounds implements Body {

        private final String name;
        private final Duration period;
        private final Body round;
        private int failures;

        Rounds(String name, Duration period, Body round) {
            this.name = name;
            this.period = period;
            this.round = round;
        }

        @Override
        public void run() throws InterruptedException {
            while (true) {
                Thread.sleep(period);
                runRound();
            }
        }

        private void runRound() throws InterruptedException {
            try {
                round.run();
                if (failures > 0) {
                    LOG.info("thread works again thread={} failures={}", name, failures);
                    failures = 0;
                    ThreadFailures.works(name);
                }
            } catch (IOException | RuntimeException | Error failure) {
                if (failures++ % FAILURES_PER_LOG_LINE == 0) {
                    LOG.error("round failed thread={} failures={}", name, failures, failure);
                }
                ThreadFailures.failed(name, name, failure);
            }
        }
    }
}
