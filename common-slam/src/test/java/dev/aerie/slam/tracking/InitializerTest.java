package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.movable.MovableMaskFixture;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A town in the right half of the frame; in the left half a crowd, of which more is seen, that goes another way.
final class InitializerTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);

    private static final RigidTransform SECOND_FROM_FIRST =
            new RigidTransform(Rotation.exp(new Vector3(0, 0.02, 0)), new Vector3(-0.5, 0, 0));

    /// As the crowd would have it.
    private static final RigidTransform CROWDS_MOTION =
            new RigidTransform(Rotation.exp(new Vector3(0, -0.02, 0)), new Vector3(0.2, 0.3, -0.4));

    private final Random random = new Random(5);
    private final List<Keypoint> first = new ArrayList<>();
    private final List<Keypoint> second = new ArrayList<>();
    private final List<Descriptor> descriptors = new ArrayList<>();
    private final Initializer initializer = new Initializer(CAMERA, SlamTuning.DEFAULT);

    private void addPoints(int count, double leftPixels, double rightPixels, RigidTransform motion) {
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble(leftPixels, rightPixels);
            double y = random.nextDouble(40, 440);
            var there = motion.apply(CAMERA.rayOf(x, y).times(random.nextDouble(5, 10)));
            first.add(new Keypoint(x, y, 0, 0));
            second.add(new Keypoint(CAMERA.projectX(there), CAMERA.projectY(there), 0, 0));
            descriptors.add(new Descriptor(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        }
    }

    private FrameFeatures frame(int number, List<Keypoint> keypoints) {
        return new FrameFeatures(number, number * 100_000_000L, new Features(keypoints, descriptors));
    }

    @Test
    void offer_twoMotionsOfWhichNoneStandsOut_startsNoMap() {
        addPoints(200, 340, 600, SECOND_FROM_FIRST);
        addPoints(250, 40, 300, CROWDS_MOTION);
        initializer.offer(frame(1, first), Optional.empty());

        assertThat(initializer.offer(frame(2, second), Optional.empty())).isEmpty();
    }

    @Test
    void offer_theCrowdsMaskCameMeanwhile_startsWithTheTown() {
        addPoints(200, 340, 600, SECOND_FROM_FIRST);
        addPoints(250, 40, 300, CROWDS_MOTION);
        initializer.offer(frame(1, first), Optional.empty());

        initializer.judge(new FrameMask(0, MovableMaskFixture.leftHalf(640, 480)));
        initializer.judge(new FrameMask(1, MovableMaskFixture.leftHalf(640, 480)));

        var map = initializer.offer(frame(2, second), Optional.empty()).orElseThrow();
        assertThat(Math.toDegrees(map.secondFromFirst().rotation().angleTo(SECOND_FROM_FIRST.rotation())))
                .isLessThan(0.3);
        assertThat(map.points())
                .hasSizeGreaterThan(150)
                .allSatisfy(point -> assertThat(CAMERA.projectX(point.inFirst()))
                        .as("pixels from the left")
                        .isGreaterThan(320));
    }
}
