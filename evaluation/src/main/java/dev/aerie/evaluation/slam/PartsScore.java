package dev.aerie.evaluation.slam;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aerie.evaluation.slam.metrics.Alignment;
import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.evaluation.slam.metrics.TrajectoryErrors;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Errors of all submaps of a run together, as RMSE over their poses: each is aligned on its own, because each has a
/// world frame and a scale of its own. A submap of fewer than three poses, or of one place, counts for nothing.
///
/// - `ateMetres`: of positions, after Sim(3) alignment
/// - `areDegrees`: of attitudes, rotated as the positions were
public record PartsScore(double ateMetres, double areDegrees) {

    /// Empty where no submap can be aligned.
    public static Optional<PartsScore> of(Trajectory truth, List<FramePose> poses) {
        double squaredMetres = 0;
        double squaredDegrees = 0;
        int count = 0;
        for (var part : poses.stream()
                .collect(groupingBy(FramePose::submap, TreeMap::new, toList()))
                .values()) {
            var pairs = PosePairs.associate(truth, trajectory(part), PosePairs.DEFAULT_SECONDS);
            if (!TrajectoryErrors.isAlignable(pairs)) {
                continue;
            }
            var errors = TrajectoryErrors.of(pairs, Alignment.SIMILARITY);
            squaredMetres +=
                    pairs.size() * Math.pow(errors.absoluteTranslation().rmse(), 2);
            squaredDegrees +=
                    pairs.size() * Math.pow(errors.absoluteRotationDegrees().rmse(), 2);
            count += pairs.size();
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new PartsScore(Math.sqrt(squaredMetres / count), Math.sqrt(squaredDegrees / count)));
    }

    private static Trajectory trajectory(List<FramePose> part) {
        return new Trajectory(part.stream()
                .map(pose -> new TimedPose(pose.captureTimeNanos() / SequenceRun.NANOS, pose.worldFromCamera()))
                .toList());
    }
}
