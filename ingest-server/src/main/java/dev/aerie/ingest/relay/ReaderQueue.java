package dev.aerie.ingest.relay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.DecodingStart;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The units of a stream for one thread that takes them when it can. A publisher never waits for it: where it is too
/// slow, what waits is dropped and counted, and it goes on at the next IDR frame. Thread-safe.
public final class ReaderQueue implements RelayReader {

    /// Some seconds: a group of pictures comes at once when it begins.
    private static final int MAX_WAITING = 300;

    private final ByteBudget budget;

    @GuardedBy("this")
    private final ArrayDeque<AccessUnit> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private final DecodingStart start = new DecodingStart();

    @GuardedBy("this")
    private long dropped;

    @GuardedBy("this")
    private boolean ended;

    /// - `budget`: bytes that may wait, for all queues that share it
    public ReaderQueue(ByteBudget budget) {
        this.budget = budget;
    }

    @Override
    public synchronized void accept(AccessUnit unit) {
        if (waiting.size() >= MAX_WAITING) {
            drop();
        }
        if (!start.admits(unit)) {
            dropped++;
        } else if (ended || !budget.take(unit.sizeBytes())) {
            dropped++;
            drop();
        } else {
            waiting.add(unit);
            notifyAll();
        }
    }

    /// What waits can still be taken.
    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    public synchronized boolean isEnded() {
        return ended;
    }

    /// Waits for the next unit; null where none comes any more.
    public synchronized @Nullable AccessUnit next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        AccessUnit unit = waiting.pollFirst();
        budget.give(unit == null ? 0 : unit.sizeBytes());
        return unit;
    }

    /// Whoever takes them cannot go on: what waits is dropped, and the next unit is an IDR frame.
    public synchronized void drop() {
        dropped += waiting.size();
        budget.give(waiting.stream().mapToLong(AccessUnit::sizeBytes).sum());
        waiting.clear();
        start.restart();
    }

    public synchronized long dropped() {
        return dropped;
    }
}
