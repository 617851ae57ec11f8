package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.imu.SwayingBody;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.InertialNoise;
import dev.aerie.slam.tuning.MappingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A map in a unit and axes of its own, 4 s of keyframes of a [SwayingBody], and a first idea of the metre.
final class InertialStartTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final int KEYFRAMES = 17;
    private static final int POINTS = 150;
    private static final double PIXELS = 0.5;

    /// The map's unit is 2.7 m.
    private static final Sim3 MAP_FROM_WORLD =
            new Sim3(Rotation.exp(new Vector3(0.7, -2, 1.1)), new Vector3(3, 4, 5), 1 / 2.7);

    /// 6 % and 1.7° off.
    private static final Sim3 FIRST_IDEA =
            new Sim3(Rotation.exp(new Vector3(0.02, 0.02, 0)), Vector3.ZERO, 1.06).times(MAP_FROM_WORLD.inverse());

    private final SplittableRandom random = new SplittableRandom(6);
    private final List<Vector3> points = IntStream.range(0, POINTS)
            .mapToObj(_ -> new Vector3(random.nextDouble(6, 20), random.nextDouble(-8, 8), random.nextDouble(-5, 5)))
            .toList();
    private final SlamMap map = new SlamMap();
    private final InertialMap inertial = new InertialMap(InertialNoise.DEFAULT);
    private final BundleAdjuster adjuster = new BundleAdjuster(map, MappingConfig.DEFAULT, inertial);

    @Test
    void startInertial_scaleAndTiltRoughlyKnown_bringsTheMapToTheMetre() {
        var body = new SwayingBody(KEYFRAMES, 0);
        var keyframes = addKeyframes(body, KEYFRAMES);

        assertThat(adjuster.startInertial(start(body))).isTrue();

        var metricFromMap = inertial.metricFromMap(0).orElseThrow();
        assertThat(metricFromMap).isEqualTo(FIRST_IDEA);
        assertThat(length(keyframes) * metricFromMap.scale() / trueLength(body)).isCloseTo(1, within(0.015));
        for (int i = 0; i < KEYFRAMES; i++) {
            assertThat(keyframes.get(i).motion().orElseThrow().velocity().length())
                    .as("m/s")
                    .isCloseTo(body.velocity(i).length(), within(0.06));
        }
    }

    @Test
    void startInertial_readingsOfAnotherMotion_leavesTheMapAlone() {
        var body = new SwayingBody(KEYFRAMES, 2);
        var keyframes = addKeyframes(body, KEYFRAMES);
        var before = keyframes.stream().map(Keyframe::cameraFromWorld).toList();

        assertThat(adjuster.startInertial(start(body))).isFalse();

        assertThat(inertial.metricFromMap(0)).isEmpty();
        assertThat(keyframes).extracting(Keyframe::cameraFromWorld).isEqualTo(before);
    }

    @Test
    void adjustAround_keyframeAfterTheStart_getsItsVelocityAndKeepsTheMetre() {
        var body = new SwayingBody(KEYFRAMES + 1, 0);
        var keyframes = addKeyframes(body, KEYFRAMES);
        adjuster.startInertial(start(body));
        var newest = addNext(keyframes, body);

        adjuster.adjustAround(newest, () -> false);

        assertThat(newest.motion().orElseThrow().velocity().length())
                .as("m/s")
                .isCloseTo(body.velocity(KEYFRAMES).length(), within(0.06));
        double metres = newest.position().distanceTo(keyframes.getFirst().position()) * FIRST_IDEA.scale();
        double truth = body.worldFromCamera(KEYFRAMES)
                .translation()
                .distanceTo(body.worldFromCamera(0).translation());
        assertThat(metres).isCloseTo(truth, within(0.015 * truth));
    }

    private static InertialStart start(SwayingBody body) {
        return new InertialStart(0, FIRST_IDEA, Vector3.ZERO, body.readings(), SwayingBody.CAMERA_FROM_BODY);
    }

    private List<Keyframe> addKeyframes(SwayingBody body, int count) {
        var keyframes = new ArrayList<Keyframe>();
        map.write(() -> {
            int submap = map.newSubmap();
            for (int i = 0; i < count; i++) {
                var pose = Sim3.of(body.worldFromCamera(i).inverse())
                        .times(MAP_FROM_WORLD.inverse())
                        .toRigid();
                keyframes.add(map.addKeyframe(frame(body, i), CAMERA, pose, submap));
            }
            for (int i = 0; i < POINTS; i++) {
                var landmark = map.addLandmark(MAP_FROM_WORLD.apply(points.get(i)), keyframes.getFirst(), i);
                for (var keyframe : keyframes.subList(1, count)) {
                    map.observe(landmark, keyframe, i);
                }
                landmark.refresh();
            }
            keyframes.forEach(keyframe -> keyframe.covisibility().update());
        });
        return keyframes;
    }

    /// Where the motion between the last two would bring it, as tracking would guess.
    private Keyframe addNext(List<Keyframe> keyframes, SwayingBody body) {
        var last = keyframes.getLast().cameraFromWorld();
        var before = keyframes.get(keyframes.size() - 2).cameraFromWorld();
        var guess = last.times(before.inverse()).times(last);
        var next = map.addKeyframe(frame(body, KEYFRAMES), CAMERA, guess, 0);
        map.write(() -> {
            for (int i = 0; i < POINTS; i++) {
                var landmark = keyframes.getFirst().landmark(i);
                if (landmark.isPresent()) {
                    map.observe(landmark.get(), next, i);
                }
            }
            next.covisibility().update();
        });
        return next;
    }

    /// Feature `i` shows point `i`.
    private FrameFeatures frame(SwayingBody body, int number) {
        var cameraFromWorld = body.worldFromCamera(number).inverse();
        var keypoints = points.stream()
                .map(cameraFromWorld::apply)
                .map(inCamera -> new Keypoint(
                        CAMERA.projectX(inCamera) + PIXELS * random.nextGaussian(),
                        CAMERA.projectY(inCamera) + PIXELS * random.nextGaussian(),
                        0,
                        0))
                .toList();
        var descriptors = points.stream()
                .map(_ -> new Descriptor(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
                .toList();
        return new FrameFeatures(number, body.timeNanos(number), new Features(keypoints, descriptors));
    }

    private static double length(List<Keyframe> keyframes) {
        double sum = 0;
        for (int i = 1; i < keyframes.size(); i++) {
            sum += keyframes.get(i).position().distanceTo(keyframes.get(i - 1).position());
        }
        return sum;
    }

    private static double trueLength(SwayingBody body) {
        double sum = 0;
        for (int i = 1; i < KEYFRAMES; i++) {
            var before = body.worldFromCamera(i - 1).translation();
            sum += body.worldFromCamera(i).translation().distanceTo(before);
        }
        return sum;
    }
}
