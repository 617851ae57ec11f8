package dev.aerie.storage.clip;

import dev.aerie.digest.Sha256;
import dev.aerie.video.mp4.VideoTrack;
import java.nio.ByteBuffer;
import java.util.List;

/// The samples of a clip, and which of them are visible.
///
/// - `track`: the parameter sets of the file's head; if they change within the clip, each IDR sample carries its own
/// - `samples`: in decoding order, at least one; the first ones may be there only to decode the visible ones
/// - `shown`: the visible samples in presentation order, at least one
record ClipPlan(VideoTrack track, List<Sample> samples, List<Sample> shown) {

    private static final long DEFAULT_STEP_TICKS = 3_000;
    private static final int DIGEST_BYTES = 16;

    ClipPlan {
        samples = List.copyOf(samples);
        shown = List.copyOf(shown);
    }

    /// Presentation time of the first visible frame.
    long shownFromTicks() {
        return shown.getFirst().presentationTicks();
    }

    /// Duration of the visible part.
    long shownTicks() {
        return shown.getLast().presentationTicks() - shownFromTicks() + lastStepTicks();
    }

    /// Duration from the decoding of the first sample to the end of the last one.
    long durationTicks() {
        return samples.getLast().decodeTicks() + lastStepTicks();
    }

    /// A digest that is equal for plans with equal content.
    String digest() {
        var sum = new Sha256.Sum();
        var numbers = ByteBuffer.allocate(4 * Long.BYTES);
        for (Sample sample : samples) {
            numbers.clear()
                    .putLong(sample.frame().frameNumber())
                    .putLong(sample.frame().captureTimeNanos())
                    .putLong(sample.decodeTicks())
                    .putLong(sample.sizeBytes());
            sum.add(numbers.flip());
        }
        numbers.clear().putLong(shownFromTicks()).putLong(shownTicks());
        return sum.add(numbers.flip()).end().prefix(DIGEST_BYTES);
    }

    private long lastStepTicks() {
        int last = samples.size() - 1;
        return last == 0
                ? DEFAULT_STEP_TICKS
                : Math.max(
                        1,
                        samples.get(last).decodeTicks() - samples.get(last - 1).decodeTicks());
    }
}
