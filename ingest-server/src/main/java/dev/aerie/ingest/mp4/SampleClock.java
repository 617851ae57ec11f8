package dev.aerie.ingest.mp4;

/// Turns a live stream's times into a track without holes.
///
/// A player stops at a hole, and a fragment that begins more than two durations after the one before makes it wait
/// for the next IDR frame (Media Source Extensions, coded frame processing). So a pause, frames that were dropped
/// and a new origin of time each become a step of at most two durations. Frame identities travel next to the
/// fragments and are never derived from the time.
///
/// Who writes a frame only when the next one is known has no holes: for that, steps up to a limit are kept as they are.
final class SampleClock {

    private static final long FIRST_DURATION_TICKS = 3_000;
    private static final long MIN_DURATION_TICKS = 90;

    private final long maxStepTicks;
    private long durationTicks = FIRST_DURATION_TICKS;
    private long originTicks;
    private long latestPtsTicks;
    private long lastDecodeTicks = -1;

    /// - `maxStepTicks`: steps of up to so much are kept; 0 where two durations are the most
    SampleClock(long maxStepTicks) {
        this.maxStepTicks = maxStepTicks;
    }

    /// The next frame in decoding order; `ptsTicks` from any origin, which may change at an IDR frame.
    SampleTime next(long ptsTicks, boolean idr) {
        if (lastDecodeTicks < 0) {
            originTicks = ptsTicks;
        } else {
            step(ptsTicks, idr);
        }
        latestPtsTicks = lastDecodeTicks < 0 || idr ? ptsTicks : Math.max(latestPtsTicks, ptsTicks);
        long presentation = Math.max(0, ptsTicks - originTicks);
        lastDecodeTicks = Math.max(lastDecodeTicks + 1, presentation);
        return new SampleTime(lastDecodeTicks, presentation, durationTicks);
    }

    private void step(long ptsTicks, boolean idr) {
        long advance = ptsTicks - latestPtsTicks;
        long maxAdvance = Math.max(2 * durationTicks, maxStepTicks);
        if (advance > maxAdvance) {
            originTicks += advance - maxAdvance;
            durationTicks = maxAdvance;
        } else if (advance > 0) {
            durationTicks = Math.max(MIN_DURATION_TICKS, advance);
        } else if (idr) {
            originTicks += advance - durationTicks;
        }
    }
}
