package dev.aerie.slam.output;

import dev.aerie.slam.engine.FramePose;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes keyframes behind the tracker's back: a disk that is slow costs keyframes' files, never pictures.
///
/// Owns one thread until [#close], which writes what waits.
public final class KeyframeWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyframeWriter.class);
    private static final int MOST_WAITING = 32;
    private static final long CLOSE_SECONDS = 10;

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("keyframes").daemon().factory(),
            (task, _) -> refused(task));

    /// Takes a keyframe's file over; drops and counts it where too many wait.
    public void add(SessionFolder folder, FramePose pose, byte[] jpeg) {
        writer.execute(() -> write(folder, pose, jpeg));
    }

    /// Runs after what was added before; at once, on the caller's thread, where too many wait.
    public void afterwards(Runnable task) {
        writer.execute(new Essential(task));
    }

    /// What must not be dropped.
    private record Essential(Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    private void refused(Runnable task) {
        if (task instanceof Essential essential) {
            essential.run();
        } else {
            dropped.incrementAndGet();
        }
    }

    public long written() {
        return written.get();
    }

    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("keyframes not written waiting={}", writer.getQueue().size());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(SessionFolder folder, FramePose pose, byte[] jpeg) {
        try {
            folder.writeKeyframe(pose, jpeg);
            written.incrementAndGet();
        } catch (IOException e) {
            if (dropped.getAndIncrement() == 0) {
                LOG.warn("keyframe not written folder={} cause={}", folder.path(), e.toString());
            }
        }
    }
}
