package dev.aerie.ingest.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The queue of items to write to one client; one at a time is being written, in order.
///
/// Thread-safe, never blocks: a thread that its owner names, or the one that completed a write, starts the next
/// write.
/// Unbounded; its owner checks [#size] and decides what to drop.
final class SendQueue<T> {

    private final Function<T, CompletionStage<Void>> write;
    private final Consumer<Throwable> onFailure;
    private final Executor starter;

    @GuardedBy("this")
    private final ArrayDeque<T> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean writing;

    /// Whether `starter` has been asked and has not run yet.
    @GuardedBy("this")
    private boolean starting;

    @GuardedBy("this")
    private long writingSinceNanos;

    /// - `write`: starts writing one item; not called again before it completes
    /// - `onFailure`: called when a write fails, by exception or later; nothing is written afterwards
    /// - `starter`: runs what starts the write of an item that was added while none was being written
    SendQueue(Function<T, CompletionStage<Void>> write, Consumer<Throwable> onFailure, Executor starter) {
        this.write = write;
        this.onFailure = onFailure;
        this.starter = starter;
    }

    void add(T item) {
        synchronized (this) {
            waiting.add(item);
            if (writing || starting) {
                return;
            }
            starting = true;
        }
        starter.execute(this::start);
    }

    private void start() {
        synchronized (this) {
            starting = false;
        }
        writeNext();
    }

    /// Number of waiting items, without the one being written.
    synchronized int size() {
        return waiting.size();
    }

    /// Drops all waiting items; returns their number.
    synchronized int clear() {
        int forgotten = waiting.size();
        waiting.clear();
        return forgotten;
    }

    /// Removes the oldest waiting item, unwritten; null for an empty queue.
    synchronized @Nullable T dropOldest() {
        return waiting.poll();
    }

    /// Time since the current write was started, at `nowNanos` of `System.nanoTime()`; 0 without one.
    synchronized long pendingWriteNanos(long nowNanos) {
        return writing ? nowNanos - writingSinceNanos : 0;
    }

    /// Loops over writes that complete immediately, so that a long queue causes no deep stack.
    private void writeNext() {
        for (T next = takeNext(); next != null; next = takeNext()) {
            CompletableFuture<Void> written = begin(next);
            if (!written.isDone()) {
                CompletionStage<Void> later = written;
                later.whenComplete((_, failure) -> finishLater(failure));
                return;
            }
            if (!finish(written.isCompletedExceptionally() ? written.exceptionNow() : null)) {
                return;
            }
        }
    }

    private synchronized @Nullable T takeNext() {
        if (writing || waiting.isEmpty()) {
            return null;
        }
        writing = true;
        writingSinceNanos = System.nanoTime();
        return waiting.remove();
    }

    private CompletableFuture<Void> begin(T item) {
        try {
            return write.apply(item).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finishLater(@Nullable Throwable failure) {
        if (finish(failure)) {
            writeNext();
        }
    }

    /// Returns whether another item may be written; after a failure `writing` stays set, so that nothing follows.
    private boolean finish(@Nullable Throwable failure) {
        synchronized (this) {
            if (failure == null) {
                writing = false;
                return true;
            }
            waiting.clear();
        }
        onFailure.accept(failure);
        return false;
    }
}
