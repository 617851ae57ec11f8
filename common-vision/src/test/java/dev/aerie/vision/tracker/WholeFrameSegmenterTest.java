package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeFrameSegmenterTest {

    private static final Box LEFT = new Box(10, 10, 40, 40);
    private static final Box RIGHT = new Box(100, 50, 60, 30);
    private static final VideoFrame FRAME =
            ThingWorld.of(Thing.still(ThingWorld.RED, LEFT)).frame("01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 0);

    private static AutomaticMask found(Box box, double predictedIou) {
        return new AutomaticMask(BinaryMask.of(FRAME.size(), box), predictedIou, 0.97, new Point(1, 1));
    }

    @Test
    void process_moreMasksThanAllowed_reportsTheBestWithoutIdentity() throws Exception {
        var service = AutomaticMaskService.with(
                _ -> List.of(found(LEFT, 1.02), found(RIGHT, 0.9), found(LEFT, 0.8)), () -> {});
        try (var segmenter = new WholeFrameSegmenter(service, "edgetam", new WholeFrameConfig(0.5, 2, 32))) {
            var objects = segmenter.process(FRAME);
            assertThat(objects).hasSize(2).allSatisfy(object -> {
                assertThat(object.prompt()).hasValue("segment");
                assertThat(object.track().state()).isEqualTo(TrackState.TENTATIVE);
            });
            assertThat(objects).extracting(object -> object.track().id()).containsExactly(1L, 2L);
            assertThat(objects).extracting(object -> object.track().box()).containsExactly(LEFT, RIGHT);
            assertThat(objects).extracting(object -> object.track().score()).containsExactly(1.0, 0.9);
            assertThat(segmenter.maxFps()).isEqualTo(0.5);
            assertThat(segmenter.model()).isEqualTo("edgetam");
        }
    }

    @Test
    void process_withoutAModel_isAnErrorThatNamesTheCause() {
        try (var segmenter =
                new WholeFrameSegmenter(AutomaticMaskService.without("no weights"), "none", WholeFrameConfig.DEFAULT)) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> segmenter.process(FRAME))
                    .withMessage("no weights");
        }
    }
}
