package dev.aerie.limits;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that several caches may hold together. Thread-safe.
public final class ByteBudget {

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    /// - `max`: in bytes
    public ByteBudget(long max) {
        this.max = max;
    }

    /// A quarter of the memory that this process may have for objects; memory outside the heap has the same bound.
    public static ByteBudget ofProcess() {
        return ofProcess(4);
    }

    /// One of so many parts of the memory that this process may have for objects.
    public static ByteBudget ofProcess(int parts) {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / parts);
    }

    /// Takes so many bytes; returns false where they are not left.
    public boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= max - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /// Gives back what was taken.
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    public long taken() {
        return taken.get();
    }
}
