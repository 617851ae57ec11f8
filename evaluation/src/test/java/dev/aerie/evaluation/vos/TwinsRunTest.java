package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Trackers that know the truth, keep to it, mix the twins up or lose one.
final class TwinsRunTest {

    private static final SimulatedSequence FLIGHT =
            SimulatedSequence.parse("sim:twins?seed=3&size=320x180&fps=10&frames=30");

    @Test
    void score_masksOfTheTruth_keepsBoth() throws ModelException {
        var score = score(object -> object);
        assertThat(score.isKept()).isTrue();
        assertThat(score.j()).isCloseTo(1, within(1e-9));
    }

    @Test
    void score_twinsMixedUp_areSwitched() throws ModelException {
        var score = score(object -> 3 - object);
        assertThat(score.switched()).isEqualTo(2);
        assertThat(score.lost()).isZero();
    }

    @Test
    void score_oneIsLost_isCounted() throws ModelException {
        var score = score(object -> object == 1 ? 1 : 99);
        assertThat(score.switched()).isZero();
        assertThat(score.lost()).isEqualTo(1);
        assertThat(score.isKept()).isFalse();
    }

    /// Which body the mask of an object lies on.
    @FunctionalInterface
    private interface Follows {
        int body(int object);
    }

    private static TwinsScore score(Follows follows) throws ModelException {
        try (var video = SimulatedVideo.of(FLIGHT)) {
            return new TwinsRun(new TruthTrackers(video, follows)).score(video);
        }
    }

    private record TruthTrackers(SimulatedVideo video, Follows follows) implements MaskTracker.Factory {

        @Override
        public MaskTracker open(FrameSize size, int maxObjects, int bufferedFrames) {
            return new TruthTracker(video, follows);
        }

        @Override
        public String name() {
            return "truth";
        }

        @Override
        public String model() {
            return "truth";
        }

        @Override
        public void close() {}
    }

    private record TruthTracker(SimulatedVideo video, Follows follows) implements MaskTracker {

        @Override
        public List<ObjectMask> process(VideoFrame frame) {
            return List.of(mask(1, frame.size()), mask(2, frame.size()));
        }

        private ObjectMask mask(int object, FrameSize size) {
            var mask = video.bodies().getOrDefault(follows.body(object), BinaryMask.empty(size));
            return new ObjectMask(object, MaskLogits.of(mask, 5), 1, mask.isEmpty() ? 0 : 1);
        }

        @Override
        public List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) {
            return List.of();
        }

        @Override
        public void unlearn(long object) {}

        @Override
        public boolean remove(long object) {
            return false;
        }

        @Override
        public Set<Long> objects() {
            return Set.of(1L, 2L);
        }

        @Override
        public MemoryUse memory() {
            return MemoryUse.NONE;
        }

        @Override
        public void save(DataOutput out) {}

        @Override
        public void restore(DataInput in) {}

        @Override
        public void close() {}
    }
}
