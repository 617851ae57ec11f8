package dev.aerie.ingest.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for a condition with a deadline.
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 10;

    private Eventually() {}

    public static void holds(String what, BooleanSupplier condition) {
        gives(what, condition::getAsBoolean, held -> held);
    }

    /// The first value that passes.
    public static <T> T gives(String what, Supplier<T> supplier, Predicate<T> passes) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        T value = supplier.get();
        while (!passes.test(value)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LONGEST + ": " + what + "; last was " + value);
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for: " + what, e);
            }
            value = supplier.get();
        }
        return value;
    }
}
