package dev.aerie.video;

/// Time in video: nanoseconds, and the 90 kHz ticks of RTP and MPEG, as 64 bits that never wrap.
public final class StreamTime {

    private static final long NANOS_PER_NINE_TICKS = 100_000;

    private StreamTime() {}

    /// Ticks of 90 kHz, rounded down; right for Unix time in nanoseconds too, where `nanos * 9` would overflow.
    public static long ticks90kFromNanos(long nanos) {
        long whole = Math.floorDiv(nanos, NANOS_PER_NINE_TICKS);
        return whole * 9 + Math.floorMod(nanos, NANOS_PER_NINE_TICKS) * 9 / NANOS_PER_NINE_TICKS;
    }

    /// Nanoseconds, rounded down.
    public static long nanosFromTicks90k(long ticks) {
        return Math.floorDiv(ticks, 9) * NANOS_PER_NINE_TICKS + Math.floorMod(ticks, 9) * NANOS_PER_NINE_TICKS / 9;
    }
}
