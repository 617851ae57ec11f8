package dev.aerie.storage.segment;

import dev.aerie.video.AccessUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts frames on the track of one segment, in 90 kHz ticks from its first frame.
///
/// Decode times rise with every frame. Where frames are reordered, those of a fragment get the fragment's
/// presentation times in rising order as decode times, so composition offsets may be negative.
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

    /// Where one frame is; its duration is the way to the next one, or the usual one for the last of a fragment.
    record SampleTime(long decodeTicks, int compositionTicks, int durationTicks) {}

    /// Whether the time of the frame behind another one, in decoding order, is so far off that the two cannot be of
    /// one timeline.
    static boolean jumps(long beforeTicks, long nowTicks) {
        long step = nowTicks - beforeTicks;
        return step > MAX_FORWARD_TICKS || step < -MAX_BACK_TICKS;
    }

    /// The next frames in decoding order, at least one.
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

    /// Where a frame's time is off, it is taken to follow the latest one by the usual step.
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
