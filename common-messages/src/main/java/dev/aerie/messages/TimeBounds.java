package dev.aerie.messages;

import java.time.Duration;
import java.time.Instant;

/// What a time may be. A clock that was never set, or set by somebody else, says anything; nothing that is computed
/// with a time within these bounds overflows.
public final class TimeBounds {

    /// 2200-01-01: Unix nanoseconds in 64 bits end in 2262, and sums must not.
    public static final long LATEST_NANOS = 7_258_118_400_000_000_000L;

    /// How far from its arrival a frame, or anything that was measured, may say that it was taken.
    public static final Duration FARTHEST = Duration.ofDays(1);

    private static final Instant LATEST = Instant.ofEpochSecond(LATEST_NANOS / 1_000_000_000L);

    private TimeBounds() {}

    /// Whether this is a time at all: Unix nanoseconds from 1970 to 2200.
    public static boolean isTime(long unixNanos) {
        return unixNanos >= 0 && unixNanos < LATEST_NANOS;
    }

    /// As [#isTime(long)].
    public static boolean isTime(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST);
    }

    /// Whether what came at `arrivalNanos`, by our own clock, can have been taken at `unixNanos`: at most
    /// [#FARTHEST] apart.
    public static boolean isNear(long unixNanos, long arrivalNanos) {
        return isTime(unixNanos)
                && unixNanos >= arrivalNanos - FARTHEST.toNanos()
                && unixNanos <= arrivalNanos + FARTHEST.toNanos();
    }

    /// The sum, or the end of the range where there is none.
    public static long plus(long nanos, long moreNanos) {
        long sum = nanos + moreNanos;
        boolean overflown = ((nanos ^ sum) & (moreNanos ^ sum)) < 0;
        return overflown ? (nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
