package dev.aerie.storage.clip;

import static dev.aerie.video.StreamTime.ticks90kFromNanos;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.video.mp4.MovieBox;
import java.util.ArrayList;
import java.util.List;

/// One segment of the archive cut into media segments for HLS: each ends at the first IDR frame after
/// [#MIN_SECONDS], and at the latest before [#TARGET_SECONDS]. What was cut once is never cut differently, though the
/// segment grows.
///
/// - `frames`: of the segment, in decoding order
/// - `groups`: oldest first; the last frames of a segment that grows are in none yet
/// - `baseTicks`: added to decoding times so that frames are presented at their capture times, 90 kHz
/// - `lastDurationTicks`: of the segment's last frame
record HlsGroups(List<FrameEntry> frames, List<Group> groups, long baseTicks, long lastDurationTicks) {

    /// Of a playlist, which may not change it.
    static final int TARGET_SECONDS = 6;

    private static final double MIN_SECONDS = 2;

    /// Longer pauses between two frames are shortened to this: players expect a segment within the target.
    private static final long MAX_STEP_TICKS = 2L * MovieBox.TIMESCALE;

    /// - `first`, `last`: positions of its frames in the segment
    /// - `isIdr`: whether a decoder may begin here
    /// - `captureTimeNanos`: of its first frame
    /// - `hasPause`: whether its last frame was shortened
    record Group(int first, int last, double seconds, boolean isIdr, long captureTimeNanos, boolean hasPause) {}

    static HlsGroups of(Segment segment, List<FrameEntry> frames) {
        int first = 0;
        while (first < frames.size() && frames.get(first).prelude()) {
            first++;
        }
        var own = frames.subList(first, frames.size());
        long shown = own.stream().mapToLong(FrameEntry::presentationTicks).min().orElse(0);
        long lastCaptured =
                own.stream().mapToLong(FrameEntry::captureTimeNanos).max().orElse(segment.endNanos());
        long lastDuration = Math.clamp(ticks90kFromNanos(segment.endNanos() - lastCaptured), 1, MAX_STEP_TICKS);
        var cut =
                new HlsGroups(frames, new ArrayList<>(), ticks90kFromNanos(segment.startNanos()) - shown, lastDuration);
        cut.cut(first, segment.state() == Segment.State.OPEN);
        return cut;
    }

    private void cut(int from, boolean grows) {
        int first = from;
        for (int next = from + 1; next < frames.size(); next++) {
            double seconds = seconds(first, next - 1);
            boolean isFull = seconds + seconds(next, next) > TARGET_SECONDS;
            if (isFull || (frames.get(next).keyframe() && seconds >= MIN_SECONDS) || hasPause(next - 1)) {
                groups.add(group(first, next - 1));
                first = next;
            }
        }
        if (!grows && first < frames.size()) {
            groups.add(group(first, frames.size() - 1));
        }
    }

    private Group group(int first, int last) {
        var frame = frames.get(first);
        return new Group(first, last, seconds(first, last), frame.keyframe(), frame.captureTimeNanos(), hasPause(last));
    }

    /// From the first of these frames until the end of the last.
    private double seconds(int first, int last) {
        long ticks = frames.get(last).decodeTicks() - frames.get(first).decodeTicks() + durationTicks(last);
        return (double) ticks / MovieBox.TIMESCALE;
    }

    private boolean hasPause(int position) {
        return stepTicks(position) > MAX_STEP_TICKS;
    }

    /// How long a frame is shown.
    int durationTicks(int position) {
        return (int) Math.clamp(stepTicks(position), 1, MAX_STEP_TICKS);
    }

    private long stepTicks(int position) {
        return position + 1 < frames.size()
                ? frames.get(position + 1).decodeTicks() - frames.get(position).decodeTicks()
                : lastDurationTicks;
    }
}
