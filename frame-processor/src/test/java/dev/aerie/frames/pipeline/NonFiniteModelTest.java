package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.health.ModelMetrics;
import dev.aerie.messages.Box;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.Sam2Config;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackerConfig;
import dev.aerie.vision.tracker.TrackerFactory;
import dev.aerie.vision.tracker.TrackingLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stream whose detector writes what is no number of some frames: those in which something has no red at all.
final class NonFiniteModelTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String MODEL = "yolo_non_finite";
    private static final Box PLACE = new Box(100, 80, 80, 60);
    private static final ThingWorld WORLD = ThingWorld.of(
            new Thing(ThingWorld.BLUE, frame -> frame >= 5 && frame < 8 ? Optional.of(PLACE) : Optional.empty()));

    private final StreamControl control =
            new StreamControl(ProcessingMode.VIDEO, 10, new StrategyChoice(StrategyKind.DETECTOR, "thing."));
    private final List<FrameResult> results = new ArrayList<>();

    @TempDir
    private Path models;

    @Test
    void accept_modelWritesNan_framesAreSkippedAndCountedAndTheStreamContinues() throws Exception {
        try (var trackerFactory = sight();
                var pipeline = look(trackerFactory)) {
            var registry = new SimpleMeterRegistry();
            new ModelMetrics<>(trackerFactory, TrackerFactory::statistics).register(registry);
            for (int frame = 0; frame < 20; frame++) {
                pipeline.accept(WORLD.frame(SESSION, frame));
            }
            assertThat(results)
                    .extracting(result -> result.envelope().frameNumber())
                    .hasSize(17)
                    .contains(4L, 8L, 19L)
                    .doesNotContain(5L, 6L, 7L);
            assertThat(results.getLast().objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.label()).isEqualTo("thing"));
            assertThat(pipeline.errors()).isEqualTo(3);
            assertThat(counted(registry, "aerie.model.non_finite")).isEqualTo(3);
            assertThat(counted(registry, "aerie.model.runs")).isEqualTo(20);
        }
    }

    private TrackerFactory sight() throws ModelException {
        var toy = Path.of(
                System.getProperty("aerie.root", ".."),
                "common-vision/src/test/resources/dev/aerie/vision/detect",
                MODEL + ".onnx");
        var config = new TrackerConfig(
                "mot",
                new Sam2Config("auto", 512, Precision.FP32, MemoryPolicy.SELECTIVE, CorrectionRule.CONDITIONING, false),
                toy.toAbsolutePath().toString(),
                "all",
                new TrackingLimits(4, 4, 10));
        return TrackerFactory.choose(
                config,
                TextSearch.without("none is installed"),
                new ModelStore(models, ModelManifest.load()),
                InferenceDevice.of(Device.CPU, 1));
    }

    private FramePipeline look(TrackerFactory trackerFactory) throws ModelException {
        var producer = Producer.of("frame-processor", "fp-test");
        var inference = new FrameInference(trackerFactory, control, producer, InstantSource.fixed(Instant.EPOCH));
        return new FramePipeline(
                "drone",
                inference,
                control,
                new PromptQueue(),
                StateStore.NONE,
                Duration.ofMinutes(1),
                new LoadLimiter(Double.POSITIVE_INFINITY),
                results::add,
                _ -> {});
    }

    private static double counted(SimpleMeterRegistry registry, String name) {
        return registry.get(name).tag("model", MODEL).functionCounter().count();
    }
}
