package dev.aerie.ingest.rtsp;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// Notices an event loop that is stuck or dead: each one leaves its time every second.
public final class LoopHeartbeat {

    private static final long ALLOWED_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AtomicLongArray lastBeatNanos;
    private final List<? extends ScheduledFuture<?>> beats;

    public LoopHeartbeat(EventExecutorGroup group) {
        List<EventExecutor> loops = new ArrayList<>();
        group.forEach(loops::add);
        lastBeatNanos = new AtomicLongArray(loops.size());
        for (int i = 0; i < loops.size(); i++) {
            lastBeatNanos.set(i, System.nanoTime());
        }
        beats = IntStream.range(0, loops.size())
                .mapToObj(i -> loops.get(i).scheduleAtFixedRate(() -> beat(i), 1, 1, TimeUnit.SECONDS))
                .toList();
    }

    /// Whether every loop took its turn within the last 5 seconds.
    public boolean isAlive() {
        long now = System.nanoTime();
        for (int i = 0; i < lastBeatNanos.length(); i++) {
            if (beats.get(i).isDone() || now - lastBeatNanos.get(i) > ALLOWED_SILENCE_NANOS) {
                return false;
            }
        }
        return true;
    }

    private void beat(int loop) {
        lastBeatNanos.set(loop, System.nanoTime());
    }
}
