package dev.aerie.storage.segment;

import dev.aerie.video.AccessUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Computes the times of frames on the track of one segment, in 90 kHz ticks from its first frame.
///
/// Decoding times increase with every frame. If frames are reordered, the frames of a fragment get the fragment's
/// presentation times in increasing order as decoding times; composition offsets may therefore be negative.
final class SegmentTimeline {

    private static final long DEFAULT_STEP_TICKS = 3_000;
    private static final long MAX_FORWARD_TICKS = 2 * 90_000;
    private static final long MAX_BACK_TICKS = 90_000;

    private boolean begun;
    private long originTicks;
    private long lastPtsTicks;
    private long latestTicks;
    private long stepTicks = DEFAULT_STEP_TICKS;
    private long lastDecodeTicks = -1;

    /// The times of one frame. Its duration reaches to the next frame; the last frame of a fragment gets the usual
    /// duration.
    record SampleTime(long decodeTicks, int compositionTicks, int durationTicks) {}

    /// Whether two consecutive frames, in decoding order, are so far apart in time that they cannot belong to one
    /// timeline.
    static boolean jumps(long beforeTicks, long nowTicks) {
        long step = nowTicks - beforeTicks;
        return step > MAX_FORWARD_TICKS || step < -MAX_BACK_TICKS;
    }

    /// Adds the next frames in decoding order, at least one.
    List<SampleTime> append(List<AccessUnit> units) {
        long[] presentation = units.stream().mapToLong(this::presentation).toArray();
        long[] decode = presentation.clone();
        Arrays.sort(decode);
        long before = lastDecodeTicks;
        for (int i = 0; i < decode.length; i++) {
            decode[i] = Math.max(before + 1, decode[i]);
            before = decode[i];
        }
        return sampleTimes(presentation, decode);
    }

    private List<SampleTime> sampleTimes(long[] presentation, long[] decode) {
        var times = new ArrayList<SampleTime>(decode.length);
        for (int i = 0; i < decode.length; i++) {
            if (lastDecodeTicks >= 0) {
                stepTicks = decode[i] - lastDecodeTicks;
            }
            lastDecodeTicks = decode[i];
            long duration = i + 1 < decode.length ? decode[i + 1] - decode[i] : stepTicks;
            times.add(new SampleTime(decode[i], (int) (presentation[i] - decode[i]), (int) duration));
        }
        return times;
    }

    /// A frame with an implausible time follows the latest frame by the usual duration.
    private long presentation(AccessUnit unit) {
        long pts = unit.ptsTicks90k();
        if (!begun) {
            begun = true;
            originTicks = pts;
        } else if (jumps(lastPtsTicks, pts)) {
            originTicks = pts - latestTicks - stepTicks;
        }
        lastPtsTicks = pts;
        long presentation = pts - originTicks;
        latestTicks = Math.max(latestTicks, presentation);
        return presentation;
    }
}
