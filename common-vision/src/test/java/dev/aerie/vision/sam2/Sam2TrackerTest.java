package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.tracker.AutomaticMaskService;
import dev.aerie.vision.tracker.WholeFrameConfig;
import dev.aerie.vision.tracker.WholeFrameSegmenter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// EdgeTAM with weights made from a formula: what is asked of a tracker beyond agreeing with the reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Sam2TrackerTest {

    private static final FrameSize SIZE = new FrameSize(512, 512);
    private static final GoldenScene SCENE = new GoldenScene(512);
    private static final float SURE = 3;
    private static final int BUFFERED = 4;

    private Sam2Trackers trackers;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, ModelException {
        ModelGraphs edgetam = ModelGraphs.find("edgetam").orElseThrow();
        new SeededWeights(SURE).write(edgetam.layout(), folder);
        trackers = Sam2Trackers.open(
                edgetam,
                512,
                folder,
                TrackerLimits.DEFAULT,
                MemoryAdmissionConfig.SELECTIVE,
                Precision.FP32,
                InferenceDevice.of(Device.CPU, 2));
    }

    @AfterAll
    void close() {
        trackers.close();
    }

    @Test
    void restore_onAnotherReplica_goesOnAsIfNothingHadHappened() throws ModelException, IOException {
        try (var here = trackers.open(SIZE, 2, BUFFERED);
                var there = trackers.open(SIZE, 2, BUFFERED)) {
            here.prompt(SCENE.frame(0, false), List.of(click(1, 112, 144), box(2)));
            here.process(SCENE.frame(1, false));
            var state = new ByteArrayOutputStream();
            here.save(new DataOutputStream(state));
            there.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
            assertThat(there.objects()).containsExactlyInAnyOrder(1L, 2L);
            assertAlike(here.process(SCENE.frame(2, false)), there.process(SCENE.frame(2, false)));
        }
    }

    @Test
    void process_featuresKeptOnTheDevice_givesTheSameBytes() throws ModelException {
        try (var plain = trackers.open(SIZE, 2, BUFFERED);
                var bound = trackers.keepingOnDevice().open(SIZE, 2, BUFFERED)) {
            var prompts = List.of(click(1, 112, 144), box(2));
            assertSame(plain.prompt(SCENE.frame(0, false), prompts), bound.prompt(SCENE.frame(0, false), prompts));
            assertSame(plain.process(SCENE.frame(1, false)), bound.process(SCENE.frame(1, false)));
            var correction = List.of(click(1, 120, 150));
            assertSame(
                    plain.prompt(SCENE.frame(1, false), correction), bound.prompt(SCENE.frame(1, false), correction));
        }
    }

    private static void assertSame(List<ObjectMask> expected, List<ObjectMask> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).object()).isEqualTo(expected.get(i).object());
            assertThat(actual.get(i).score()).isEqualTo(expected.get(i).score());
            assertThat(actual.get(i).logits().values())
                    .containsExactly(expected.get(i).logits().values());
        }
    }

    @Test
    void process_objectsComingAndGoing_takesNoMoreMemoryThanAtFirst() throws ModelException, IOException {
        try (var tracker = trackers.open(SIZE, 2, BUFFERED)) {
            churn(tracker, 0, 10);
            long native_ = tracker.memory().nativeBytes();
            long resident = residentBytes();
            churn(tracker, 10, 19);
            assertThat(tracker.memory().nativeBytes()).isEqualTo(native_);
            assertThat(residentBytes() - resident).isLessThan(48L << 20);
        }
    }

    @Test
    void prompt_whatItCannotUse_isRefusedAndChangesNothing() throws ModelException {
        HeapFrame frame = SCENE.frame(0, false);
        try (var tracker = trackers.open(SIZE, 1, BUFFERED)) {
            assertRefused(tracker, List.of(click(1, 9, 9), click(2, 90, 90)), "at most 1");
            var away = new Prompt.PointPrompt(1, List.of(new Prompt.Click(new Point(9, 9), false)));
            assertRefused(tracker, List.of(away), "object 1 is new");
            assertThat(tracker.objects()).isEmpty();
            assertThat(tracker.process(frame)).isEmpty();
            assertThat(tracker.remove(1)).isFalse();
        }
    }

    @Test
    void process_objectHiddenForAWhile_isLookedForEveryFourthFrameAndReportedInEach() throws ModelException {
        var neverSeen = new MemoryAdmissionConfig(
                true, 0, 1e9f, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 4, CorrectionRule.CONDITIONING);
        long encodedBefore = encodedFrames();
        try (var tracker = trackers.admitting(neverSeen).open(SIZE, 1, BUFFERED)) {
            tracker.prompt(SCENE.frame(0, false), List.of(click(1, 112, 144)));
            for (int time = 1; time <= 9; time++) {
                assertThat(tracker.process(SCENE.frame(time, false)))
                        .extracting(ObjectMask::object)
                        .containsExactly(1L);
            }
            assertThat(encodedFrames() - encodedBefore).isEqualTo(1 + 4 + 1);
        }
    }

    private long encodedFrames() {
        return trackers.statistics().stream()
                .filter(graph -> graph.model().endsWith("image_encoder"))
                .mapToLong(ModelStatistics::runs)
                .sum();
    }

    @Test
    void prompt_ofPastFrame_startsTheObjectThere() throws ModelException {
        try (var tracker = trackers.open(SIZE, 2, BUFFERED)) {
            tracker.prompt(SCENE.frame(0, false), List.of(click(1, 112, 144)));
            tracker.process(SCENE.frame(1, false));
            tracker.process(SCENE.frame(2, false));
            var mask = new Prompt.MaskPrompt(2, SCENE.mask(1, 1));
            assertThat(tracker.prompt(SCENE.frame(1, false), List.of(mask)))
                    .extracting(ObjectMask::object)
                    .containsExactly(2L);
            assertThat(tracker.process(SCENE.frame(3, false)))
                    .extracting(ObjectMask::object)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void prompt_mask_isItsOwnOutput() throws ModelException {
        try (var tracker = trackers.open(SIZE, 1, BUFFERED)) {
            BinaryMask mask = SCENE.mask(0, 1);
            var found = tracker.prompt(SCENE.frame(0, false), List.of(new Prompt.MaskPrompt(1, mask)));
            assertThat(found.getFirst().isVisible()).isTrue();
            assertThat(found.getFirst().logits().toFrame(SIZE).overlapWith(mask))
                    .isGreaterThan(0.98);
        }
    }

    @Test
    void openInstalled_weightsCutShortOrSizeUnknown_namesTheRemedy(@TempDir Path folder) throws IOException {
        var models = new ModelStore(folder, ModelManifest.load());
        Files.write(folder.resolve("edgetam.weights"), new byte[4096]);
        assertThat(Sam2Trackers.find(models, "auto")).isEmpty();
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> openInstalled(models, 512).close())
                .withMessageContaining("no edgetam is installed")
                .withMessageContaining("./aerie models get edgetam");
        new SeededWeights(SURE).write(ModelGraphs.find("edgetam").orElseThrow().layout(), folder);
        assertThat(Sam2Trackers.find(models, "auto")).isPresent();
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> openInstalled(models, 640).close())
                .withMessageContaining("[512, 1024], not of 640");
    }

    @Test
    void generate_coarseGrid_findsMasksThatDifferAndPassTheFilters() throws ModelException {
        var anything = new MaskGeneratorConfig(4, -100, 0.5, 0.1f, 0.7);
        var found = new ArrayList<AutomaticMask>();
        try (var generator = trackers.openGenerator(anything);
                var segmenter = new WholeFrameSegmenter(
                        AutomaticMaskService.with(
                                frame -> {
                                    found.addAll(generator.generate(frame));
                                    return found;
                                },
                                () -> {}),
                        "edgetam",
                        new WholeFrameConfig(1, 1, 4))) {
            assertThat(segmenter.process(SCENE.frame(0, false)))
                    .singleElement()
                    .satisfies(object -> assertThat(object.track().box())
                            .isEqualTo(found.getFirst().mask().box()));
        }
        assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(b.predictedIou(), a.predictedIou()));
        assertThat(found)
                .allMatch(mask -> mask.stability() >= 0.5 && !mask.mask().isEmpty());
        for (int i = 1; i < found.size(); i++) {
            Box box = found.get(i).mask().box();
            assertThat(found.subList(0, i))
                    .allMatch(better -> better.mask().box().overlapWith(box) <= 0.7);
        }
        try (var strict = trackers.openGenerator(new MaskGeneratorConfig(1, 1e9, 0.95, 1, 0.7))) {
            assertThat(strict.generate(SCENE.frame(0, false))).isEmpty();
        }
    }

    private static Sam2Trackers openInstalled(ModelStore models, int size) throws ModelException {
        return Sam2Trackers.openInstalled(
                models,
                "edgetam",
                size,
                TrackerLimits.DEFAULT,
                MemoryAdmissionConfig.SELECTIVE,
                Precision.FP32,
                InferenceDevice.of(Device.CPU, 1));
    }

    /// Object 1 stays and is corrected now and then in the frame in which it was just followed; others come and go.
    private static void churn(MaskTracker tracker, int from, int to) throws ModelException {
        for (int time = from; time < to; time++) {
            HeapFrame frame = SCENE.frame(time % 8, time, false);
            tracker.process(frame);
            if (time % 9 == 0) {
                tracker.prompt(frame, List.of(click(1, 100 + time, 140)));
            } else if (time % 3 == 0) {
                tracker.objects().stream().filter(object -> object != 1).forEach(tracker::remove);
                tracker.prompt(frame, List.of(click(time, 100 + time, 140)));
            }
        }
    }

    private void assertRefused(MaskTracker tracker, List<Prompt> prompts, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tracker.prompt(SCENE.frame(0, false), prompts))
                .withMessageContaining(why);
    }

    private static void assertAlike(List<ObjectMask> expected, List<ObjectMask> found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            BinaryMask one = expected.get(i).logits().toFrame(SIZE);
            assertThat(one.isEmpty()).isFalse();
            assertThat(found.get(i).logits().toFrame(SIZE).overlapWith(one)).isGreaterThan(0.99);
        }
    }

    private static Prompt click(long object, double x, double y) {
        return new Prompt.PointPrompt(object, List.of(new Prompt.Click(new Point(x, y), true)));
    }

    private static Prompt box(long object) {
        return new Prompt.BoxPrompt(object, new Box(264, 72, 180, 170));
    }

    private static long residentBytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
        return Long.parseLong(pages) * 4096;
    }
}
