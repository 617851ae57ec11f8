package dev.aerie.evaluation.slam.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrajectoryErrorsTest {

    private static final Trajectory TRUTH = new Trajectory(IntStream.range(0, 200)
            .mapToObj(i -> new TimedPose(0.1 * i, pose(0.1 * i)))
            .toList());
    private static final Sim3 OTHER_WORLD =
            new Sim3(Rotation.exp(new Vector3(0.4, -1.9, 0.8)), new Vector3(7, -3, 20), 0.31);

    private static RigidTransform pose(double t) {
        return new RigidTransform(
                Rotation.exp(new Vector3(0.2 * Math.sin(t), t, 0.1 * Math.cos(2 * t))),
                new Vector3(10 * Math.cos(t), 2 * Math.sin(3 * t), 10 * Math.sin(t)));
    }

    private static Trajectory estimate(UnaryOperator<RigidTransform> change) {
        return new Trajectory(TRUTH.poses().stream()
                .map(pose -> new TimedPose(pose.seconds(), change.apply(pose.worldFromCamera())))
                .toList());
    }

    private static PosePairs pairs(UnaryOperator<RigidTransform> change) {
        return PosePairs.associate(TRUTH, estimate(change), PosePairs.DEFAULT_SECONDS);
    }

    private static RigidTransform inOtherWorld(RigidTransform pose) {
        return new RigidTransform(OTHER_WORLD.rotation().times(pose.rotation()), OTHER_WORLD.apply(pose.translation()));
    }

    @Test
    void similarity_ofATrajectoryInAnotherWorld_findsTheWayBack() {
        var errors = TrajectoryErrors.of(pairs(TrajectoryErrorsTest::inOtherWorld), Alignment.SIMILARITY);

        assertThat(errors.referenceFromEstimate().scale()).isCloseTo(1 / 0.31, within(1e-9));
        assertThat(errors.absoluteTranslation().worst()).isLessThan(1e-9);
        assertThat(errors.absoluteRotationDegrees().worst()).isLessThan(1e-6);
        assertThat(errors.relativeTranslation(5).worst()).isLessThan(1e-9);
    }

    @Test
    void rotationError_ofACameraTurnedInItsPlace_isTheRotation() {
        var rotation = new RigidTransform(Rotation.exp(new Vector3(0, Math.toRadians(2.5), 0)), Vector3.ZERO);
        var errors = TrajectoryErrors.of(pairs(pose -> inOtherWorld(pose.times(rotation))), Alignment.SIMILARITY);

        assertThat(errors.absoluteTranslation().worst()).isLessThan(1e-9);
        assertThat(errors.absoluteRotationDegrees().rmse()).isCloseTo(2.5, within(1e-6));
    }

    /// Errors independent of the path: their RMSE is what is left after alignment, less a little for its freedoms.
    @Test
    void absoluteError_ofNoise_isTheNoise() {
        var random = new SplittableRandom(5);
        double sigma = 0.05;
        var errors = TrajectoryErrors.of(
                pairs(pose -> new RigidTransform(
                        pose.rotation(),
                        pose.translation()
                                .plus(new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                                        .times(sigma)))),
                Alignment.RIGID);

        assertThat(errors.absoluteTranslation().rmse()).isCloseTo(sigma * Math.sqrt(3), within(0.005));
        assertThat(errors.relativeTranslation(1).rmse()).isCloseTo(sigma * Math.sqrt(6), within(0.008));
    }

    @Test
    void absoluteError_withoutAlignment_isTheDistance() {
        var moved = pairs(
                pose -> new RigidTransform(pose.rotation(), pose.translation().plus(new Vector3(3, 0, 4))));

        var errors = TrajectoryErrors.of(moved, Alignment.NONE).absoluteTranslation();
        assertThat(errors.count()).isEqualTo(200);
        assertThat(errors.rmse()).isCloseTo(5, within(1e-9));
        assertThat(errors.median()).isCloseTo(5, within(1e-9));
        assertThat(errors.worst()).isCloseTo(5, within(1e-9));
        assertThat(TrajectoryErrors.of(moved, Alignment.RIGID)
                        .absoluteTranslation()
                        .rmse())
                .isLessThan(1e-9);
    }

    @Test
    void associate_longerAndShifted_takesTheNearestWithinTheBound() {
        var sparse = new Trajectory(List.of(
                new TimedPose(0.009, RigidTransform.IDENTITY),
                new TimedPose(5.011, RigidTransform.IDENTITY),
                new TimedPose(9.993, RigidTransform.IDENTITY)));

        var pairs = PosePairs.associate(TRUTH, sparse, PosePairs.DEFAULT_SECONDS);

        assertThat(pairs.reference())
                .containsExactly(
                        TRUTH.poses().get(0).worldFromCamera(),
                        TRUTH.poses().get(100).worldFromCamera());
        assertThat(PosePairs.associate(sparse, TRUTH, PosePairs.DEFAULT_SECONDS).size())
                .isEqualTo(2);
    }

    @Test
    void align_mirroredPoints_staysARotation() {
        var source = TRUTH.poses().stream()
                .map(pose -> pose.worldFromCamera().translation())
                .toList();
        var mirrored =
                source.stream().map(p -> new Vector3(p.x(), p.y(), -p.z())).toList();

        var found = UmeyamaAlignment.align(source, mirrored, true).rotation();

        var axis = new Vector3(found.m00(), found.m10(), found.m20())
                .cross(new Vector3(found.m01(), found.m11(), found.m21()));
        assertThat(axis.dot(new Vector3(found.m02(), found.m12(), found.m22()))).isCloseTo(1, within(1e-9));
    }

    @Test
    void of_tooLittleToAlign_isRejected() {
        var two = posesAt(Vector3.ZERO, new Vector3(1, 0, 0));
        var still = posesAt(Vector3.ZERO, Vector3.ZERO, Vector3.ZERO);

        assertThatThrownBy(() -> TrajectoryErrors.of(new PosePairs(two, two), Alignment.RIGID))
                .hasMessageContaining("three pairs");
        assertThatThrownBy(() -> TrajectoryErrors.of(new PosePairs(still, still), Alignment.SIMILARITY))
                .hasMessageContaining("more than one position");
    }

    private static List<RigidTransform> posesAt(Vector3... positions) {
        return Stream.of(positions)
                .map(position -> new RigidTransform(Rotation.IDENTITY, position))
                .toList();
    }
}
