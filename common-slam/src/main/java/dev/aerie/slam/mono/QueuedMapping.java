package dev.aerie.slam.mono;

import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.Mapping;
import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the map on a dedicated thread, which it owns; requests wait in a queue.
///
/// The queue is bounded by the tracker, which asks for a keyframe only when none waits, unless it is about to
/// get lost; a keyframe for which there is no room is dropped, counted and logged. A fault in map building is counted
/// and told by [#failure]: nobody knows then what state the map is in, and the engine is to be replaced.
final class QueuedMapping implements Mapping, AutoCloseable {

    static final int MAX_WAITING = 8;

    private static final Logger LOG = LoggerFactory.getLogger(QueuedMapping.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

    private final MapBuilder builder;
    private final SlamEvents events;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final BackgroundThread thread;
    private boolean isFull; // the tracker's

    QueuedMapping(MapBuilder builder, SlamEvents events) {
        this.builder = builder;
        this.events = events;
        this.thread = BackgroundThread.of("slam-mapping", this::work);
    }

    void start() {
        thread.start();
    }

    private void work() throws InterruptedException {
        while (true) {
            var task = queue.take();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure.set(e);
                throw e;
            }
        }
    }

    /// What went wrong last, if anything did.
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public CompletableFuture<Optional<Keyframe>> initialize(InitialMap map) {
        var begun = new CompletableFuture<Optional<Keyframe>>();
        queue.add(() -> {
            try {
                begun.complete(builder.initialize(map));
            } finally {
                begun.complete(Optional.empty()); // no beginning: the tracker tries another one
            }
        });
        return begun;
    }

    @Override
    public void insertKeyframe(KeyframeRequest request) {
        if (waiting.get() >= MAX_WAITING) {
            drop(request);
            return;
        }
        isFull = false;
        waiting.incrementAndGet();
        queue.add(() -> {
            waiting.decrementAndGet();
            builder.insertKeyframe(request, () -> waiting.get() > 0);
        });
    }

    private void drop(KeyframeRequest request) {
        long count = dropped.incrementAndGet();
        if (!isFull) {
            events.keyframeDropped(request.frameFeatures().frameNumber(), waiting.get(), count);
        }
        isFull = true;
    }

    /// Keyframes for which there was no room.
    long dropped() {
        return dropped.get();
    }

    @Override
    public void startInertial(InertialStart start) {
        queue.add(() -> builder.startInertial(start));
    }

    @Override
    public void dropSubmap(int submap) {
        queue.add(() -> builder.dropSubmap(submap));
    }

    @Override
    public boolean isIdle() {
        return queue.isEmpty() && waiting.get() == 0;
    }

    @Override
    public void close() {
        if (!thread.close(CLOSE_LIMIT)) {
            LOG.warn("mapping does not end waitedMillis={}", CLOSE_LIMIT.toMillis());
        }
    }
}
