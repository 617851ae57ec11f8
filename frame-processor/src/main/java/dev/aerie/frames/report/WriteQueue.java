package dev.aerie.frames.report;

import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has files written on a dedicated thread, one item after the other; what is beyond the queue's bound, or fails, is
/// dropped and counted. Safe for several threads; owns its thread until [#close].
final class WriteQueue<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Writer<T> writer;

    /// Empty for the end.
    private final BlockingQueue<Optional<T>> pending;

    private final AtomicLong dropped = new AtomicLong();
    private final BackgroundThread worker;

    @FunctionalInterface
    interface Writer<T> {
        void write(T item) throws IOException;
    }

    /// - `name`: of the thread, and in the log
    /// - `max`: items that wait
    /// - `writer`: called by the thread
    WriteQueue(String name, int max, Writer<T> writer) {
        this.name = name;
        this.writer = writer;
        pending = new ArrayBlockingQueue<>(max);
        worker = BackgroundThread.of(name, this::work);
        worker.start();
    }

    /// Returns whether it is going to be written.
    boolean offer(T item) {
        boolean isTaken = pending.offer(Optional.of(item));
        if (!isTaken) {
            dropped.incrementAndGet();
        }
        return isTaken;
    }

    /// Writes what waits, then ends.
    @Override
    public void close() {
        try {
            pending.put(Optional.empty());
            if (!worker.finish(CLOSE_LIMIT)) {
                LOG.warn("files do not end what={} waitedSeconds={}", name, CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (dropped.get() > 0) {
            LOG.warn("not written what={} items={}", name, dropped.get());
        }
    }

    private void work() throws InterruptedException {
        for (var next = pending.take(); next.isPresent(); next = pending.take()) {
            try {
                writer.write(next.get());
            } catch (IOException e) {
                dropped.incrementAndGet();
                LOG.warn("not written what={} cause={}", name, e.toString());
            }
        }
    }
}
