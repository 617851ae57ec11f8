package dev.aerie.vision.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Box;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A stand-in with Grounding DINO's inputs and outputs, whose answers `tiny_dino.py` says, and a vocabulary of ten
/// pieces.
final class GroundingDinoTest {

    private static final Path FOLDER =
            Path.of("src", "test", "resources", "dev", "aerie", "vision", "text", "tiny_dino");
    private static final FrameSize SIZE = new FrameSize(200, 100);
    private static final int RED = 0xc02020;
    private static final int BLUE = 0x2020c0;

    private static GroundingDino dino;

    @BeforeAll
    static void open() throws ModelException {
        dino = GroundingDino.open(FOLDER, 0.25, 0.2, InferenceDevice.of(Device.CPU, 1));
    }

    @AfterAll
    static void close() {
        dino.close();
    }

    private static VideoFrame frame(int rgb) {
        var frame = TestFrame.black("s", 0, SIZE.widthPixels(), SIZE.heightPixels());
        for (int i = 0; i < frame.bgr().capacity(); i++) {
            frame.bgr().put(i, (byte) (rgb >> (i % 3 * 8)));
        }
        return frame;
    }

    @Test
    void detect_words_givesBoxesLabelledWithTheMatchingWords() throws Exception {
        var found = dino.detect(frame(BLUE), "Red car. traffic lights");
        assertThat(found).extracting(Detection::label).containsExactly("car", "traffic light");
        assertThat(found.getFirst().score()).isCloseTo(0.9997, Offset.offset(0.0001));
        assertBox(found.get(0).box(), new Box(80, 30, 40, 40));
        assertBox(found.get(1).box(), new Box(0, 10, 60, 20));
    }

    @Test
    void detect_redFrame_isSeenAsRed() throws Exception {
        assertThat(dino.detect(frame(RED), "red car."))
                .extracting(Detection::label)
                .containsExactly("car", "red car");
    }

    @Test
    void detect_wordsOfNothing_findsNothing() throws Exception {
        assertThat(dino.detect(frame(BLUE), "zebra")).isEmpty();
        assertThat(dino.detect(frame(BLUE), ".")).isEmpty();
        assertThat(dino.detect(frame(BLUE), "zebra. ".repeat(400))).isEmpty();
    }

    @Test
    void detectorOf_names_givesEachObjectTheNameThatItMatchesBest() throws Exception {
        try (var detector = dino.detectorOf(List.of("red car", "car", "zebra", "traffic light"))) {
            assertThat(detector.name()).isEqualTo("grounding_dino");
            assertThat(detector.detect(frame(BLUE)).detections())
                    .extracting(Detection::label)
                    .containsExactly("car", "traffic light");
            assertThat(detector.detect(frame(RED)).detections())
                    .extracting(Detection::label)
                    .containsExactly("car", "traffic light", "red car");
        }
        // Of two pieces one matches: half a name is not the name, but more than nothing.
        try (var detector = dino.detectorOf(List.of("red car"))) {
            assertThat(detector.detect(frame(BLUE)).detections())
                    .singleElement()
                    .satisfies(found -> assertThat(found.score()).isCloseTo(0.5, Offset.offset(0.001)));
        }
    }

    @Test
    void detectorOf_namesThatCannotBeRead_isAnErrorThatNamesThem() {
        for (String name : List.of("", "?", "a. car")) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> dino.detectorOf(List.of("car", name)))
                    .withMessageContaining("'" + name + "'");
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> dino.detectorOf(Collections.nCopies(200, "car")))
                .withMessageContaining("256 pieces");
    }

    @Test
    void tensor_frame_isStretchedAndNormalised() {
        try (var tensor = DinoImage.of(SIZE).tensor(frame(RED))) {
            assertThat(tensor.shape().dimensions()).containsExactly(1L, 3L, 667L, 1333L);
            assertThat(tensor.floats().get(0)).isCloseTo((0xc0 / 255f - 0.485f) / 0.229f, Offset.offset(1e-4f));
            assertThat(tensor.floats().get(2 * 667 * 1333))
                    .isCloseTo((0x20 / 255f - 0.406f) / 0.225f, Offset.offset(1e-4f));
        }
    }

    @Test
    void tensor_modelOfOneSize_holdsTheFrameInItsUpperLeftCorner() {
        var image = DinoImage.within(SIZE, 64, 96);
        assertThat(image).isEqualTo(new DinoImage(48, 96, 64, 96));
        try (var tensor = image.tensor(frame(RED));
                var mask = image.mask()) {
            assertThat(tensor.shape().dimensions()).containsExactly(1L, 3L, 64L, 96L);
            assertThat(tensor.floats().get(47 * 96 + 95))
                    .isCloseTo((0xc0 / 255f - 0.485f) / 0.229f, Offset.offset(1e-4f));
            assertThat(tensor.floats().get(48 * 96)).isZero();
            assertThat(mask.longs().get(47 * 96 + 95)).isEqualTo(1);
            assertThat(mask.longs().get(48 * 96)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"model.onnx, missing", "tokenizer.json, missing"})
    void open_fileMissing_namesIt(String name, String words, @TempDir Path folder) throws Exception {
        copy(folder);
        Files.delete(folder.resolve(name));
        refuses(folder, name, words);
    }

    @ParameterizedTest
    @CsvSource({"model.onnx, cannot be loaded", "tokenizer.json, not a tokenizer"})
    void open_fileDamaged_namesIt(String name, String words, @TempDir Path folder) throws Exception {
        copy(folder);
        Files.writeString(folder.resolve(name), "{\"broken\": ");
        refuses(folder, "", words);
    }

    private static void refuses(Path folder, String name, String words) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> GroundingDino.open(folder, 0.25, 0.2, InferenceDevice.of(Device.CPU, 1))
                        .close())
                .withMessageContaining(name)
                .withMessageContaining(words);
    }

    private static void copy(Path folder) throws Exception {
        for (String name : List.of(GroundingDino.MODEL_FILE, GroundingDino.TOKENIZER_FILE)) {
            Files.copy(FOLDER.resolve(name), folder.resolve(name));
        }
    }

    private static void assertBox(Box box, Box wanted) {
        assertThat(box.leftPixels()).isCloseTo(wanted.leftPixels(), Offset.offset(0.01));
        assertThat(box.topPixels()).isCloseTo(wanted.topPixels(), Offset.offset(0.01));
        assertThat(box.widthPixels()).isCloseTo(wanted.widthPixels(), Offset.offset(0.01));
        assertThat(box.heightPixels()).isCloseTo(wanted.heightPixels(), Offset.offset(0.01));
    }
}
