package dev.aerie.threads;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One daemon thread that runs tasks in the order in which they were given, some after a delay. A task that fails is
/// logged and counted ([ThreadFailures]), and the next one is run.
///
/// Owns its thread until [#close].
public final class BackgroundTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTasks.class);
    private static final String REFUSED = "task refused thread={} cause=closed";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final ScheduledThreadPoolExecutor thread;

    /// - `name`: of the thread, and of its row in the metrics
    public BackgroundTasks(String name) {
        this.name = name;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
        ThreadFailures.known(name);
    }

    /// Runs `task` behind those that wait; does nothing once this is closed.
    public void execute(Runnable task) {
        try {
            thread.execute(() -> runGuarded(task));
        } catch (RejectedExecutionException _) {
            LOG.debug(REFUSED, name);
        }
    }

    /// Runs `task` after `delay`; not at all where this is closed before.
    public void after(Duration delay, Runnable task) {
        try {
            var _ = thread.schedule(() -> runGuarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug(REFUSED, name);
        }
    }

    /// Runs the tasks that wait without a delay and ends, within 5 s.
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /// As [#close] for `limit` at most; delayed tasks are given up. Returns whether all was done.
    public boolean close(Duration limit) {
        thread.shutdown();
        try {
            return thread.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
            ThreadFailures.works(name);
        } catch (RuntimeException | Error failure) {
            ThreadFailures.failed(name, name, failure);
            LOG.error("task failed thread={}", name, failure);
        }
    }
}
