package dev.aerie.ingest.stream;

import dev.aerie.messages.CaptureClock;
import dev.aerie.video.StreamTime;

/// Presentation times, at 90 kHz, for units without one: their capture times. Times of arrival, which come in
/// decoding order, differ by one tick at least; presentation times continue without a jump if the server's clock is
/// set back. Used under its publication's lock.
final class PresentationClock {

    private static final long DEFAULT_FRAME_TICKS = 3_000;

    /// A larger step back means that the server's clock was set: no jitter of arrival is that large.
    private static final long SET_BACK_TICKS = 90_000;

    private boolean begun;
    private long lastTicks;
    private long shiftTicks;

    long ticksOf(CaptureTime captured) {
        long ticks = StreamTime.ticks90kFromNanos(captured.unixNanos()) + shiftTicks;
        if (begun && captured.clock() == CaptureClock.ARRIVAL && ticks <= lastTicks) {
            ticks = behindTheLast(ticks);
        }
        begun = true;
        lastTicks = ticks;
        return ticks;
    }

    private long behindTheLast(long ticks) {
        long behind = lastTicks - ticks;
        if (behind <= SET_BACK_TICKS) {
            return lastTicks + 1;
        }
        shiftTicks += behind + DEFAULT_FRAME_TICKS;
        return lastTicks + DEFAULT_FRAME_TICKS;
    }
}
