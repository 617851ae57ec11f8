package dev.aerie.evaluation.slam;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Leaves frames out of a sequence, as a service does that has no time for them: each with the same probability.
public final class DroppedFrames {

    private DroppedFrames() {}

    /// - `percent`: of the frames, 0 to less than 100; the first is kept
    public static ImageSequence of(ImageSequence sequence, double percent, long seed) {
        var random = new SplittableRandom(seed);
        int[] kept = IntStream.range(0, sequence.images().size())
                .filter(i -> random.nextDouble() * 100 >= percent || i == 0)
                .toArray();
        return new ImageSequence(
                IntStream.of(kept).mapToObj(sequence.images()::get).toList(),
                IntStream.of(kept).mapToObj(sequence.seconds()::get).toList(),
                sequence.camera(),
                sequence.truth());
    }
}
