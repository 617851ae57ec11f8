package dev.aerie.frames.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.frames.follow.FollowLimits;
import dev.aerie.frames.follow.MaskFollower;
import dev.aerie.frames.pipeline.Mode;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.frames.prompt.TextQuery;
import dev.aerie.frames.prompt.TextSearch;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.DetectingTracker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is chosen where no model is installed.
final class SightTest {

    @TempDir
    Path empty;

    private Sight sight(String tracker, StrategyKind strategy) throws ModelException {
        var choice = new SightChoice(
                tracker, new Sam2Choice("auto", 512, true), "auto", strategy, new FollowLimits(8, 10, 30));
        var models = new ModelStore(empty, ModelManifest.load());
        return Sight.choose(choice, TextSearch.without("no text detector is installed"), models, Device.CPU, 1);
    }

    private static StreamControl control() {
        return new StreamControl(Mode.VIDEO, 10, new TextQuery("thing."));
    }

    @Test
    void choose_autoWithoutWeights_takesBilateralAndSaysWhy() throws Exception {
        try (var sight = sight("auto", StrategyKind.DETECTOR);
                var tracker = sight.open(Mode.VIDEO, control());
                var image = sight.open(Mode.IMAGE, control())) {
            assertThat(sight.trackerName()).isEqualTo("bilateral");
            assertThat(sight.detectorName()).isEqualTo("motion");
            assertThat(tracker).isInstanceOf(MaskFollower.class);
            assertThat(image.name()).isEqualTo("none");
            assertThat(sight.wholePictures().missing())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("no weights").contains(empty.toString()));
        }
    }

    @Test
    void choose_mot_followsBoxes() throws Exception {
        try (var sight = sight("mot", StrategyKind.DETECTOR);
                var tracker = sight.open(Mode.VIDEO, control())) {
            assertThat(tracker).isInstanceOf(DetectingTracker.class);
            assertThat(sight.trackerName()).isEqualTo("bytetrack");
        }
    }

    @Test
    void choose_sam2WithoutWeights_isAnErrorThatSaysWhatToDo() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> sight("sam2", StrategyKind.DETECTOR).close())
                .withMessageContaining("./aerie models get");
    }

    @Test
    void open_textStrategyWithoutATextDetector_isAnErrorThatSaysSo() throws Exception {
        try (var sight = sight("bilateral", StrategyKind.TEXT)) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> sight.open(Mode.VIDEO, control()).close())
                    .withMessageContaining("no text detector");
        }
    }
}
