package dev.aerie.rtsp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.video.VideoFrame;
import java.util.ArrayDeque;
import java.util.Iterator;

/// Passes units and losses in order from the reader thread to the worker thread, under a [BackpressurePolicy].
///
/// Retains frames while they wait: the thread that takes an item must [#release] it.
final class HandoffQueue<T> implements AutoCloseable {

    /// What arrives at the worker.
    sealed interface Item<T> {
        record Unit<T>(T unit) implements Item<T> {}

        record Lost<T>(LossCause cause) implements Item<T> {}
    }

    private final BackpressurePolicy policy;

    @GuardedBy("this")
    private final ArrayDeque<Item<T>> items = new ArrayDeque<>();

    @GuardedBy("this")
    private int units;

    @GuardedBy("this")
    private long dropped;

    @GuardedBy("this")
    private boolean closed;

    HandoffQueue(BackpressurePolicy policy) {
        this.policy = policy;
    }

    /// Adds a lent unit; waits only with [BackpressurePolicy.Block].
    synchronized void put(T unit) throws InterruptedException {
        if (policy instanceof BackpressurePolicy.Block) {
            while (units == policy.bound() && !closed) {
                wait();
            }
        } else if (units == policy.bound()) {
            dropOldest();
        }
        if (!closed) {
            retain(unit);
            items.addLast(new Item.Unit<>(unit));
            units++;
            notifyAll();
        }
    }

    /// Adds a loss after the waiting units.
    synchronized void lost(LossCause cause) {
        if (!(items.peekLast() instanceof Item.Lost<T>)) {
            items.addLast(new Item.Lost<>(cause));
            notifyAll();
        }
    }

    /// The next item; waits for it. Throws [InterruptedException] once closed too.
    synchronized Item<T> take() throws InterruptedException {
        while (items.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            throw new InterruptedException("closed");
        }
        var item = items.removeFirst();
        if (item instanceof Item.Unit<T>) {
            units--;
            notifyAll();
        }
        return item;
    }

    synchronized long dropped() {
        return dropped;
    }

    /// Releases the waiting units and wakes waiting threads.
    @Override
    public synchronized void close() {
        closed = true;
        for (Item<T> item : items) {
            if (item instanceof Item.Unit<T>(T unit)) {
                release(unit);
            }
        }
        items.clear();
        units = 0;
        notifyAll();
    }

    static void release(Object unit) {
        if (unit instanceof VideoFrame frame) {
            frame.release();
        }
    }

    private static void retain(Object unit) {
        if (unit instanceof VideoFrame frame) {
            frame.retain();
        }
    }

    @GuardedBy("this")
    private void dropOldest() {
        for (Iterator<Item<T>> all = items.iterator(); all.hasNext(); ) {
            if (all.next() instanceof Item.Unit<T>(T unit)) {
                all.remove();
                release(unit);
                units--;
                dropped++;
                return;
            }
        }
    }
}
