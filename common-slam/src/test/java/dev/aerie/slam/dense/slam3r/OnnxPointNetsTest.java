package dev.aerie.slam.dense.slam3r;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.settings.Device;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.models.WeightsLayout;
import dev.aerie.vision.models.WeightsLayout.TensorLocation;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graphs, run by ONNX Runtime in Java, against the definition in PyTorch (`deploy/models/slam3r`): small
/// networks of the same structure, with the same weights and inputs made from a formula.
final class OnnxPointNetsTest {

    private static final int SIDE = 64;
    private static final int TOKENS = 16;
    private static final int WIDTH = 128;
    /// The golden file holds every so many numbers.
    private static final int STEP = 7;

    /// Tokens are about 2, points up to 16, confidences up to 13.
    private static final float TOLERANCE = 2e-4F;

    private static final SeededWeights WEIGHTS = new SeededWeights(0);

    @TempDir
    private Path folder;

    private OnnxPointNets nets;
    private FloatBuffer golden;

    @BeforeEach
    void open() throws IOException, ModelException {
        var imagesToPoints = ModelGraphs.find("tiny_slam3r_i2p").orElseThrow();
        var localToWorld = ModelGraphs.find("tiny_slam3r_l2w").orElseThrow();
        WEIGHTS.write(imagesToPoints.layout(), folder);
        WEIGHTS.write(localToWorld.layout(), folder);
        nets = OnnxPointNets.open(imagesToPoints, localToWorld, folder, InferenceDevice.of(Device.CPU, 1));
        try (var in = requireNonNull(getClass().getResourceAsStream("tiny.golden"))) {
            golden = ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        }
    }

    @AfterEach
    void close() {
        nets.close();
    }

    /// A tensor of the formula that makes the weights.
    private FloatBuffer input(String name, long... shape) throws IOException {
        var tensor = new TensorLocation(
                name, IntStream.range(0, shape.length).mapToObj(i -> shape[i]).toList(), 0);
        var file = WEIGHTS.write(new WeightsLayout("inputs", "inputs", tensor.sizeBytes(), List.of(tensor)), folder);
        return ByteBuffer.wrap(Files.readAllBytes(file), 0, (int) tensor.sizeBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    /// Frames whose tokens, and points, are those of the formula.
    private List<SceneFrame> frames(String name, int count) throws IOException {
        var tokens = input(name, count, TOKENS, WIDTH);
        var points = name.equals("scene") ? input("scene_points", count, SIDE, SIDE, 3) : FloatBuffer.allocate(0);
        List<SceneFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var frame = new SceneFrame(view(new int[SIDE * SIDE]), TOKENS * WIDTH);
            frame.windowTokens().put(tokens.slice(i * TOKENS * WIDTH, TOKENS * WIDTH));
            frame.worldTokens().put(tokens.slice(i * TOKENS * WIDTH, TOKENS * WIDTH));
            if (points.hasRemaining()) {
                frame.points().put(points.slice(i * 3 * SIDE * SIDE, 3 * SIDE * SIDE));
            }
            frames.add(frame);
        }
        return frames;
    }

    private static DenseView view(int[] rgb) {
        return new DenseView(
                0,
                PinholeCamera.ofFieldOfView(SIDE, SIDE, 60),
                new DenseView.Colours(rgb),
                RigidTransform.IDENTITY,
                1,
                10);
    }

    /// Compares with the next numbers of the golden file.
    private void assertNext(String what, List<Float> found) {
        float worst = 0;
        for (int i = 0; i < found.size(); i += STEP) {
            worst = Math.max(worst, Math.abs(found.get(i) - golden.get()));
        }
        assertThat(worst).as("greatest difference of " + what).isLessThan(TOLERANCE);
    }

    private static List<Float> all(FloatBuffer numbers) {
        List<Float> all = new ArrayList<>();
        while (numbers.hasRemaining()) {
            all.add(numbers.get());
        }
        return all;
    }

    private void assertNext(String what, List<PointMap> maps, int count) {
        assertThat(maps).hasSize(count);
        List<Float> points = new ArrayList<>();
        List<Float> confidences = new ArrayList<>();
        for (var map : maps) {
            points.addAll(all(FloatBuffer.wrap(map.points())));
            IntStream.range(0, map.count()).forEach(i -> confidences.add(map.confidence(i)));
        }
        assertNext(what + " points", points);
        assertNext(what + " confidences", confidences);
    }

    /// In the order of the golden file, which is that of the graphs' names.
    @Test
    void allFive_seededWeights_sayWhatTheDefinitionSays() throws IOException {
        var picture = input("picture", 3, SIDE, SIDE, 3);
        List<Float> windowTokens = new ArrayList<>();
        List<Float> worldTokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int[] rgb = new int[SIDE * SIDE];
            for (int pixel = 0; pixel < rgb.length; pixel++) {
                rgb[pixel] = level(picture) << 16 | level(picture) << 8 | level(picture);
            }
            try (var frame = nets.encode(view(rgb))) {
                windowTokens.addAll(all(frame.windowTokens()));
                worldTokens.addAll(all(frame.worldTokens()));
            }
        }
        assertNext("tokens of I2P", windowTokens);
        assertNext("tokens of L2W", worldTokens);

        var keyframe = frames("keyframe", 1).getFirst();
        var others = frames("others", 2);
        var scene = frames("scene", 3);
        assertNext("keyframe", List.of(nets.keyframe(keyframe, others)), 1);

        float[] local = new float[3 * SIDE * SIDE];
        input("new_points", 2, SIDE, SIDE, 3).get(local);
        var registered = nets.registration(scene, others.getFirst(), new PointMap(local, new float[SIDE * SIDE]));
        assertNext("registration", List.of(registered), 1);

        double[] correlations = nets.correlations(keyframe, scene);
        assertThat(correlations).hasSize(3);
        assertThat(correlations[0]).isCloseTo(golden.get(), within((double) TOLERANCE));

        assertNext("window", nets.window(keyframe, others), 3);
        assertThat(golden.hasRemaining()).as("numbers left over").isFalse();
        keyframe.close();
        others.forEach(SceneFrame::close);
        scene.forEach(SceneFrame::close);
    }

    private static int level(FloatBuffer picture) {
        return (int) ((picture.get() + 0.6F) * 200F);
    }

    @Test
    void openInstalled_withoutWeights_saysWhatToDoAndTheLicence() {
        var store = ModelStore.of(Map.of("MODELS_DIR", folder.resolve("none").toString()));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> OnnxPointNets.openInstalled(store, InferenceDevice.of(Device.CPU, 1)))
                .withMessageContaining("./aerie models import model.safetensors --as slam3r_i2p")
                .withMessageContaining("non-commercial");
    }
}
