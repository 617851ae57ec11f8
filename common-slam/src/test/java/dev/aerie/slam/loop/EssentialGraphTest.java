package dev.aerie.slam.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.solve.PoseGraph;
import dev.aerie.slam.tuning.LoopConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Keyframes on a circle of radius 10 whose scale drifts by 1 % from each to the next; the last one sees the first
/// one's place again. Each sees 20 landmarks, 5 ahead, that the next one sees too.
final class EssentialGraphTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final int KEYFRAMES = 24;
    private static final double RADIUS = 10;
    private static final double DRIFT = 1.01;
    private static final int SHARED = 20;
    private static final double DEPTH = 5;

    private final SlamMap map = new SlamMap();
    private final EssentialGraph graph = new EssentialGraph(LoopConfig.DEFAULT);
    private final List<Keyframe> keyframes = new ArrayList<>();

    /// The first landmark that each keyframe sees first.
    private final List<Landmark> firstLandmarks = new ArrayList<>();

    @Test
    void optimize_withALoopClosed_takesTheDriftOutOfKeyframesAndLandmarks() {
        map.write(this::addDriftedKeyframes);
        double before = worstPosition();
        var snapshot = graph.snapshot(keyframes);
        var last = keyframes.getLast();
        var truth = truth(KEYFRAMES - 1);
        double scale = StrictMath.pow(DRIFT, 1 - KEYFRAMES);
        var corrected = new Sim3(truth.rotation(), truth.translation().times(scale), scale);
        map.write(() -> moveWithLandmarks(last, corrected));
        long version = map.version();

        graph.optimize(map, snapshot, Map.of(last, corrected), last, keyframes.getFirst(), PoseGraph.ofSimilarities());

        assertThat(map.version()).as("written in one go").isEqualTo(version + 1);
        assertThat(before).as("drifted").isGreaterThan(1.5);
        assertThat(worstPosition()).as("closed").isLessThan(before / 4);
        assertThat(keyframes.getFirst().cameraFromWorld()).as("the older end").isEqualTo(truth(0).toRigid());
        for (int i = 0; i < KEYFRAMES - 1; i++) {
            var keyframe = keyframes.get(i);
            var inCamera =
                    keyframe.cameraFromWorld().apply(firstLandmarks.get(i).position());
            assertThat(inCamera.z() / keyframe.scaleChange())
                    .as("depth of a landmark that was made with keyframe %d, in its former unit", i)
                    .isCloseTo(DEPTH, within(0.05 * DEPTH));
        }
    }

    private void addDriftedKeyframes() {
        int submap = map.newSubmap();
        var pose = truth(0);
        for (int i = 0; i < KEYFRAMES; i++) {
            if (i > 0) {
                var exact = truth(i).times(truth(i - 1).inverse());
                pose = new Sim3(exact.rotation(), exact.translation(), DRIFT).times(pose);
            }
            keyframes.add(map.addKeyframe(frame(i), CAMERA, pose.toRigid(), submap));
        }
        for (int i = 0; i < KEYFRAMES - 1; i++) {
            var worldFromCamera = keyframes.get(i).cameraFromWorld().inverse();
            for (int j = 0; j < SHARED; j++) {
                var landmark = map.addLandmark(
                        worldFromCamera.apply(new Vector3(0.1 * j, 0, DEPTH)), keyframes.get(i), SHARED + j);
                map.observe(landmark, keyframes.get(i + 1), j);
                landmark.refresh();
                if (j == 0) {
                    firstLandmarks.add(landmark);
                }
            }
        }
        keyframes.forEach(keyframe -> keyframe.covisibility().update());
    }

    private static FrameFeatures frame(int number) {
        var keypoints = IntStream.range(0, 2 * SHARED)
                .mapToObj(i -> new Keypoint(10 * i, 10, 0, 0))
                .toList();
        var descriptors = IntStream.range(0, 2 * SHARED)
                .mapToObj(i -> new Descriptor(i, 0, 0, 0))
                .toList();
        return new FrameFeatures(number, number * 1_000_000_000L, new Features(keypoints, descriptors));
    }

    private static void moveWithLandmarks(Keyframe keyframe, Sim3 corrected) {
        for (var landmark : keyframe.landmarks()) {
            var inCamera = keyframe.cameraFromWorld().apply(landmark.position());
            landmark.moveTo(corrected.inverse().apply(inCamera));
        }
        keyframe.moveTo(corrected);
    }

    private static Sim3 truth(int number) {
        double angle = 2 * Math.PI * number / KEYFRAMES;
        var position = new Vector3(RADIUS * StrictMath.sin(angle), 0, -RADIUS * StrictMath.cos(angle));
        var cameraFromWorld = Rotation.exp(new Vector3(0, angle, 0));
        return new Sim3(cameraFromWorld, cameraFromWorld.apply(position).times(-1), 1);
    }

    private double worstPosition() {
        return IntStream.range(0, KEYFRAMES)
                .mapToDouble(i -> keyframes
                        .get(i)
                        .position()
                        .distanceTo(truth(i).inverse().translation()))
                .max()
                .orElseThrow();
    }
}
