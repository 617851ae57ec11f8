package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.match.FeaturePair;
import dev.aerie.slam.tuning.TwoViewConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Points in a room 4 to 30 units deep, seen by two cameras, a pixel of noise.
final class RotationOnlyModelTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 360, 70);
    private static final Rotation ROTATION = Rotation.exp(new Vector3(0.02, 0.09, 0.01));

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void explained_ofATurn_isAllButWhatMoves() {
        var pairs = pairs(new RigidTransform(ROTATION, Vector3.ZERO), 0.2);

        assertThat(explainedFraction(pairs)).isCloseTo(0.8, within(0.06));
    }

    @Test
    void explained_ofAStep_isLittle() {
        var pairs = pairs(new RigidTransform(ROTATION, new Vector3(1.5, 0.3, -0.5)), 0.2);

        assertThat(explainedFraction(pairs)).isLessThan(0.4);
    }

    private static double explainedFraction(BearingPairs pairs) {
        boolean[] inliers = RotationOnlyModel.inliers(pairs, CAMERA.focalXPixels(), TwoViewConfig.DEFAULT);
        return IntStream.range(0, inliers.length).filter(i -> inliers[i]).count() / (double) inliers.length;
    }

    /// - `moving`: the share of the points that go somewhere else meanwhile
    private BearingPairs pairs(RigidTransform secondFromFirst, double moving) {
        List<Keypoint> first = new ArrayList<>();
        List<Keypoint> second = new ArrayList<>();
        List<FeaturePair> pairs = new ArrayList<>();
        while (first.size() < 300) {
            double depth = random.nextDouble(4, 30);
            var point = new Vector3(random.nextDouble(-0.6, 0.6) * depth, random.nextDouble(-0.3, 0.3) * depth, depth);
            var shift = random.nextDouble() < moving
                    ? new Vector3(0, random.nextDouble(0.1, 0.2) * depth, 0)
                    : Vector3.ZERO;
            pairs.add(new FeaturePair(first.size(), first.size()));
            first.add(keypoint(point));
            second.add(keypoint(secondFromFirst.apply(point.plus(shift))));
        }
        return new BearingPairs(CAMERA, features(first), features(second), pairs);
    }

    private Keypoint keypoint(Vector3 inCamera) {
        double noiseX = random.nextDouble(-1, 1);
        double noiseY = random.nextDouble(-1, 1);
        return new Keypoint(CAMERA.projectX(inCamera) + noiseX, CAMERA.projectY(inCamera) + noiseY, 0, 0);
    }

    private static Features features(List<Keypoint> keypoints) {
        return new Features(
                keypoints,
                keypoints.stream().map(_ -> new Descriptor(0, 0, 0, 0)).toList());
    }
}
