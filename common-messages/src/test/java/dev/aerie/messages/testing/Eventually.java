package dev.aerie.messages.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Polls a condition until it holds or a deadline has passed.
public final class Eventually {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 10;

    private Eventually() {}

    /// Waits up to a minute until `condition` holds; fails with `what` was waited for.
    public static void holds(String what, BooleanSupplier condition) {
        try {
            holds(what, DEFAULT_LIMIT, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for: " + what, e);
        }
    }

    /// Waits until `condition` holds; fails after `limit` with `what` was waited for.
    public static void holds(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        holds(() -> what, limit, condition);
    }

    /// [#holds(String, Duration, BooleanSupplier)] with a message made at the deadline, to report the state then.
    public static void holds(Supplier<String> what, Duration limit, BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /// The first value that passes; waits up to a minute.
    public static <T> T gives(String what, Supplier<T> supplier, Predicate<T> passes) {
        List<T> passed = new ArrayList<>();
        holds(what, () -> {
            T value = supplier.get();
            return passes.test(value) && passed.add(value);
        });
        return passed.getFirst();
    }
}
