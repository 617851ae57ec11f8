package dev.aerie.storage.segment;

import static dev.aerie.video.StreamTime.nanosFromTicks90k;

import dev.aerie.messages.CaptureClock;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.video.FrameStamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Replaces impossible capture times. A camera with a broken clock may report the year 1601 or 2262; its frames are
/// recorded like any others, and the index contains their time of arrival instead.
final class CaptureTimes {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long EARLIEST_NANOS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * NANOS_PER_SECOND;
    private static final long LATEST_NANOS =
            Instant.parse("2200-01-01T00:00:00Z").getEpochSecond() * NANOS_PER_SECOND;

    private CaptureTimes() {}

    static boolean isPossible(long captureTimeNanos) {
        return EARLIEST_NANOS <= captureTimeNanos && captureTimeNanos < LATEST_NANOS;
    }

    /// The stamp; an impossible capture time is replaced by the time of arrival.
    static FrameStamp orArrival(FrameStamp stamp, long arrivalNanos) {
        return isPossible(stamp.captureTimeNanos())
                ? stamp
                : new FrameStamp(stamp.id(), arrivalNanos, CaptureClock.ARRIVAL);
    }

    /// Corrects frames read from a file: an impossible time is computed from the next frame with a possible time, or
    /// from the last frame, which is assumed to be as old as the file.
    static FrameIndex mended(FrameIndex frames, long fileNanos) {
        if (frames.frames().stream().allMatch(frame -> isPossible(frame.captureTimeNanos()))) {
            return frames;
        }
        Optional<FrameEntry> anchor = frames.frames().stream()
                .filter(frame -> isPossible(frame.captureTimeNanos()))
                .findFirst();
        long zeroNanos = anchor.map(frame -> frame.captureTimeNanos() - nanosFromTicks90k(frame.presentationTicks()))
                .orElseGet(() -> (isPossible(fileNanos) ? fileNanos : EARLIEST_NANOS)
                        - nanosFromTicks90k(frames.frames().getLast().presentationTicks()));
        List<FrameEntry> mended = frames.frames().stream()
                .map(frame -> isPossible(frame.captureTimeNanos())
                        ? frame
                        : at(frame, zeroNanos + nanosFromTicks90k(frame.presentationTicks())))
                .toList();
        return new FrameIndex(mended);
    }

    private static FrameEntry at(FrameEntry frame, long captureTimeNanos) {
        return new FrameEntry(
                frame.frameNumber(),
                Math.max(0, captureTimeNanos),
                CaptureClock.ARRIVAL,
                frame.decodeTicks(),
                frame.compositionTicks(),
                frame.offset(),
                frame.sizeBytes(),
                frame.keyframe(),
                frame.prelude());
    }
}
