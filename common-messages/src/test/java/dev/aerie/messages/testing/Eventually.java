package dev.aerie.messages.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a state that comes by itself, with a deadline.
public final class Eventually {

    private static final long PAUSE_MILLIS = 20;

    private Eventually() {}

    /// Waits until `condition` holds; fails after `limit` with `what` was waited for.
    public static void holds(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        holds(() -> what, limit, condition);
    }

    /// [#holds(String, Duration, BooleanSupplier)] with words made at the deadline, to say how things stood.
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
}
