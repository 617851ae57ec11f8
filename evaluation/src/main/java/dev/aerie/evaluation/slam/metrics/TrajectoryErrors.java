package dev.aerie.evaluation.slam.metrics;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import java.util.List;
import java.util.stream.IntStream;

/// Errors of an estimate after its [Alignment] to the truth.
///
/// The figures are those of evo (Grupp 2017). Source: Sturm et al. 2012 for both errors of translation.
public final class TrajectoryErrors {

    private static final int MIN_PAIRS = 3;

    private final List<RigidTransform> reference;
    private final List<RigidTransform> aligned;
    private final Sim3 referenceFromEstimate;

    private TrajectoryErrors(List<RigidTransform> reference, List<RigidTransform> aligned, Sim3 alignment) {
        this.reference = reference;
        this.aligned = aligned;
        this.referenceFromEstimate = alignment;
    }

    /// Throws [IllegalArgumentException] where there are too few pairs to align.
    public static TrajectoryErrors of(PosePairs pairs, Alignment alignment) {
        var found = switch (alignment) {
            case NONE -> Sim3.IDENTITY;
            case RIGID -> align(pairs, false);
            case SIMILARITY -> align(pairs, true);
        };
        var aligned = pairs.estimate().stream().map(pose -> moved(found, pose)).toList();
        return new TrajectoryErrors(pairs.reference(), aligned, found);
    }

    /// Whether [#of] can align the pairs: three of them, of more than one position.
    public static boolean isAlignable(PosePairs pairs) {
        return pairs.size() >= MIN_PAIRS
                && !isOnePosition(PosePairs.positions(pairs.estimate()))
                && !isOnePosition(PosePairs.positions(pairs.reference()));
    }

    /// The transform applied to the estimate.
    public Sim3 referenceFromEstimate() {
        return referenceFromEstimate;
    }

    /// Absolute trajectory error: distance between positions, in the reference's unit.
    public ErrorStatistics absoluteTranslation() {
        return ErrorStatistics.of(IntStream.range(0, aligned.size())
                .mapToDouble(i ->
                        aligned.get(i).translation().distanceTo(reference.get(i).translation()))
                .toArray());
    }

    /// Absolute rotation error: angle between attitudes, degrees.
    public ErrorStatistics absoluteRotationDegrees() {
        return ErrorStatistics.of(IntStream.range(0, aligned.size())
                .mapToDouble(i -> Math.toDegrees(
                        aligned.get(i).rotation().angleTo(reference.get(i).rotation())))
                .toArray());
    }

    /// Relative pose error over `step` pairs: error of the motion between two poses, in the reference's unit.
    public ErrorStatistics relativeTranslation(int step) {
        return ErrorStatistics.of(IntStream.range(0, Math.max(0, aligned.size() - step))
                .mapToDouble(i -> motion(reference, i, step)
                        .inverse()
                        .times(motion(aligned, i, step))
                        .translation()
                        .length())
                .toArray());
    }

    private static RigidTransform motion(List<RigidTransform> poses, int from, int step) {
        return poses.get(from).inverse().times(poses.get(from + step));
    }

    private static Sim3 align(PosePairs pairs, boolean isScaled) {
        var estimate = PosePairs.positions(pairs.estimate());
        var reference = PosePairs.positions(pairs.reference());
        if (estimate.size() < MIN_PAIRS) {
            throw new IllegalArgumentException("alignment needs three pairs of poses, had " + estimate.size());
        }
        if (isOnePosition(estimate) || isOnePosition(reference)) {
            throw new IllegalArgumentException("alignment needs more than one position");
        }
        return UmeyamaAlignment.align(estimate, reference, isScaled);
    }

    private static boolean isOnePosition(List<Vector3> positions) {
        return positions.stream().allMatch(positions.getFirst()::equals);
    }

    private static RigidTransform moved(Sim3 referenceFromEstimate, RigidTransform pose) {
        return new RigidTransform(
                referenceFromEstimate.rotation().times(pose.rotation()),
                referenceFromEstimate.apply(pose.translation()));
    }
}
