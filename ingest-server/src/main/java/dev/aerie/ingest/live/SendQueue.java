package dev.aerie.ingest.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one client: one item is being written, the others follow in order.
///
/// Thread-safe and never blocking: whoever adds an item, or the thread that finished a write, begins the next one. It
/// has no bound of its own; its owner looks at [#size] and decides what to drop.
final class SendQueue<T> {

    private final Function<T, CompletionStage<Void>> write;
    private final Consumer<Throwable> onFailure;

    @GuardedBy("this")
    private final ArrayDeque<T> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean writing;

    @GuardedBy("this")
    private long writingSinceNanos;

    /// - `write`: begins to write one item; called for one at a time
    /// - `onFailure`: called when a write fails, by exception or later; nothing is written afterwards
    SendQueue(Function<T, CompletionStage<Void>> write, Consumer<Throwable> onFailure) {
        this.write = write;
        this.onFailure = onFailure;
    }

    void add(T item) {
        synchronized (this) {
            waiting.add(item);
        }
        writeNext();
    }

    /// Items that wait, the one being written not among them.
    synchronized int size() {
        return waiting.size();
    }

    /// Forgets what waits; returns how many items that were.
    synchronized int clear() {
        int forgotten = waiting.size();
        waiting.clear();
        return forgotten;
    }

    /// Takes the item that has waited longest away, unwritten; null if none waits.
    synchronized @Nullable T dropOldest() {
        return waiting.poll();
    }

    /// How long the item being written has been under way, at `nowNanos` of `System.nanoTime()`; 0 if none is.
    synchronized long pendingWriteNanos(long nowNanos) {
        return writing ? nowNanos - writingSinceNanos : 0;
    }

    /// Loops over writes that are done at once, so that a long queue never becomes a deep stack.
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

    /// Returns whether another item may follow; after a failure `writing` stays set and nothing does.
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
