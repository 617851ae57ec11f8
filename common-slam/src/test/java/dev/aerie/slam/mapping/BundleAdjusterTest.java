package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.InitialMap.InitialPoint;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.MappingConfig;
import dev.aerie.slam.tuning.PlaceConfig;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A camera flies past a cloud of 200 points.
final class BundleAdjusterTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final int POINTS = 200;

    private final SplittableRandom random = new SplittableRandom(3);
    private final SlamMap map = new SlamMap();
    private final List<Vector3> points = IntStream.range(0, POINTS)
            .mapToObj(_ -> new Vector3(random.nextDouble(-3, 3), random.nextDouble(-2, 2), random.nextDouble(5, 9)))
            .toList();

    @Test
    void initialize_wrongRotationOfTheTwoViews_isAdjusted() {
        var truth = new RigidTransform(Rotation.exp(new Vector3(0, 0.03, 0)), new Vector3(-0.7, 0, 0));
        var disturbed = new RigidTransform(
                Rotation.exp(new Vector3(Math.toRadians(0.3), Math.toRadians(-0.4), 0))
                        .times(truth.rotation()),
                truth.translation());
        var initialPoints = IntStream.range(0, POINTS)
                .mapToObj(i -> new InitialPoint(i, i, points.get(i)))
                .toList();
        var mapper = new LocalMapper(
                map, new PlaceIndex(PlaceConfig.DEFAULT), SlamTuning.DEFAULT, new SlamEvents("test"));

        var second = mapper.initialize(new InitialMap(
                frame(0, RigidTransform.IDENTITY, 0), frame(1, truth, 0), CAMERA, disturbed, 5, initialPoints));

        assertThat(second)
                .hasValueSatisfying(keyframe -> assertThat(Math.toDegrees(
                                keyframe.cameraFromWorld().rotation().angleTo(truth.rotation())))
                        .as("degrees off, 0.5 before")
                        .isLessThan(0.05));
    }

    @Test
    void adjustAround_wholeMapFree_keepsItsScale() {
        var adjuster = new BundleAdjuster(map, MappingConfig.DEFAULT);
        var keyframes = addKeyframes(6);
        double before = distances(keyframes);

        for (int i = 0; i < 20; i++) {
            adjuster.adjustAround(keyframes.getLast());
        }

        assertThat(distances(keyframes)).isEqualTo(before, within(1e-6 * before));
        assertThat(keyframes.get(1).position().distanceTo(truth(1).originOfTarget()))
                .as("adjusted, in depths 5 to 9")
                .isLessThan(0.05);
    }

    private static RigidTransform truth(int index) {
        return new RigidTransform(Rotation.exp(new Vector3(0, 0.02 * index, 0)), new Vector3(-0.5 * index, 0, 0));
    }

    /// Keyframes that all see all points, with half a pixel of noise, all but the first a little off.
    private List<Keyframe> addKeyframes(int count) {
        var keyframes = new ArrayList<Keyframe>();
        map.write(() -> {
            int submap = map.newSubmap();
            for (int i = 0; i < count; i++) {
                var off = i == 0 ? RigidTransform.IDENTITY : new RigidTransform(Rotation.IDENTITY, noise(0.03));
                keyframes.add(map.addKeyframe(frame(i, truth(i), 0.5), CAMERA, off.times(truth(i)), submap));
            }
            for (int i = 0; i < POINTS; i++) {
                var landmark = map.addLandmark(points.get(i).plus(noise(0.05)), keyframes.getFirst(), i);
                for (var keyframe : keyframes.subList(1, count)) {
                    map.observe(landmark, keyframe, i);
                }
                landmark.refresh();
            }
            keyframes.forEach(keyframe -> keyframe.covisibility().update());
        });
        return keyframes;
    }

    private FrameFeatures frame(int number, RigidTransform cameraFromWorld, double noisePixels) {
        var keypoints = new ArrayList<Keypoint>();
        var descriptors = new ArrayList<Descriptor>();
        for (int i = 0; i < POINTS; i++) {
            var inCamera = cameraFromWorld.apply(points.get(i));
            keypoints.add(new Keypoint(
                    CAMERA.projectX(inCamera) + noisePixels * random.nextDouble(-1, 1),
                    CAMERA.projectY(inCamera) + noisePixels * random.nextDouble(-1, 1),
                    0,
                    0));
            descriptors.add(new Descriptor(random.nextLong(), i, i, i));
        }
        return new FrameFeatures(number, number * 100_000_000L, new Features(keypoints, descriptors));
    }

    private Vector3 noise(double size) {
        return new Vector3(
                random.nextDouble(-size, size), random.nextDouble(-size, size), random.nextDouble(-size, size));
    }

    private static double distances(List<Keyframe> keyframes) {
        var first = keyframes.getFirst().position();
        return keyframes.stream()
                .mapToDouble(keyframe -> keyframe.position().distanceTo(first))
                .sum();
    }
}
