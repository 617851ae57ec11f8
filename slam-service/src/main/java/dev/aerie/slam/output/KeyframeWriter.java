package dev.aerie.slam.output;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.threads.BackgroundTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes keyframes behind the tracker's back: a disk that is slow costs keyframes' files, never frames.
///
/// Owns one thread until [#close], which writes what waits.
public final class KeyframeWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyframeWriter.class);
    private static final int MAX_WAITING = 32;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final BackgroundTasks writer = new BackgroundTasks("keyframes");

    /// Takes a keyframe's file over; drops and counts it where too many wait.
    public void add(SessionFolder folder, FramePose pose, byte[] jpeg) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        writer.execute(() -> {
            waiting.decrementAndGet();
            write(folder, pose, jpeg);
        });
    }

    /// Runs after what was added before.
    public void afterwards(Runnable task) {
        writer.execute(task);
    }

    public long written() {
        return written.get();
    }

    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        if (!writer.close(CLOSE_LIMIT)) {
            LOG.warn("keyframes not written waiting={}", waiting.get());
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
