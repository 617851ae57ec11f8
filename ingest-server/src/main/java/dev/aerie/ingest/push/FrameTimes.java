package dev.aerie.ingest.push;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/// Assigns announced capture times to frames: a `frame_time` belongs to the first access unit that begins after it.
///
/// Everything is ordered by [#mark], a time of arrival that never repeats: the assembler hands each unit back with
/// the mark of the chunk it began in. One owner at a time.
final class FrameTimes {

    private static final int MAX_WAITING = 256;

    private final ArrayDeque<FrameTime> waiting = new ArrayDeque<>();
    private long lastMark;

    private record FrameTime(long mark, long captureNanos) {}

    /// Arrival now, in Unix nanoseconds; later than every mark before it.
    long mark(long unixNanos) {
        lastMark = Math.max(lastMark + 1, unixNanos);
        return lastMark;
    }

    /// A capture time received at `mark`; if too many are pending, the oldest is dropped.
    void announced(long mark, long captureNanos) {
        if (waiting.size() == MAX_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new FrameTime(mark, captureNanos));
    }

    /// The capture time of the unit that began in the chunk with this mark; empty where none was announced for it.
    OptionalLong take(long mark) {
        OptionalLong latest = OptionalLong.empty();
        var next = waiting.peekFirst();
        while (next != null && next.mark() < mark) {
            latest = OptionalLong.of(next.captureNanos());
            waiting.removeFirst();
            next = waiting.peekFirst();
        }
        return latest;
    }
}
