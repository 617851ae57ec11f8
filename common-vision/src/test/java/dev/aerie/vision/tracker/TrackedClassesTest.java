package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.testing.ScriptedFrame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackedClassesTest {

    private static final List<String> LABELS = List.of("person", "car", "train", "giraffe");

    private static TrackedClasses parse(String setting) throws ModelException {
        return TrackedClasses.parse(setting, "yolox_nano", LABELS);
    }

    @Test
    void parse_street_takesPeopleAndCarsAndNoGiraffes() throws Exception {
        assertThat(LABELS.stream().filter(parse("street")::includes)).containsExactly("person", "car");
    }

    @Test
    void parse_streetOfADetectorOfOtherThings_takesAll() throws Exception {
        assertThat(TrackedClasses.parse("street", "mine", List.of("helmet")).includes("helmet"))
                .isTrue();
    }

    @Test
    void parse_all_takesEverything() throws Exception {
        assertThat(LABELS).allMatch(parse("all")::includes);
    }

    @Test
    void parse_list_takesWhatItNamesInAnyCase() throws Exception {
        assertThat(LABELS.stream().filter(parse(" Train, giraffe ")::includes)).containsExactly("train", "giraffe");
    }

    @Test
    void parse_unknownName_isRefusedWithWhatIsAllowed() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> parse("person,giraff"))
                .withMessage(
                        "DETECT_CLASSES=person,giraff: 'giraff' is not a class of yolox_nano; allowed are all, street,"
                                + " or some of person, car, train, giraffe");
    }

    @Test
    void detect_classFilteredDetector_dropsOtherClasses() throws Exception {
        try (var detector = new ClassFilteredDetector(new EverythingDetector(), parse("street"))) {
            var seen = detector.detect(ScriptedFrame.of("drone", "s", 0)).detections();

            assertThat(seen).extracting(Detection::label).containsExactly("person", "car");
        }
    }

    /// Sees one of each class.
    private static final class EverythingDetector implements Detector {

        @Override
        public DetectionResult detect(VideoFrame frame) {
            return new DetectionResult(
                    LABELS.stream()
                            .map(label -> new Detection(new Box(0, 0, 10, 10), label, 0.9))
                            .toList(),
                    Optional.empty());
        }

        @Override
        public String name() {
            return "everything";
        }

        @Override
        public void close() {}
    }
}
