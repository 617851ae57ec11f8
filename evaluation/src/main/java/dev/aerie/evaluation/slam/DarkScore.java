package dev.aerie.evaluation.slam;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;

/// How far poses that were predicted by an inertial sensor alone were off, and what came after them, on the first
/// stretch without sight of a run. The error is that against the last frame seen before it, whose true pose is given.
///
/// - `seconds`: from the last frame seen to the last one predicted
/// - `metres`: how far the last one predicted was off
/// - `sigmas`: the same, in the standard deviations that were published
/// - `metresAfter`: how far the first frame seen again and known in metres was off
public record DarkScore(double seconds, double metres, double sigmas, double metresAfter) {

    /// Empty where nothing was predicted.
    public static Optional<DarkScore> of(Trajectory truth, SequenceRun run) {
        return of(truth, run.inMetres());
    }

    static Optional<DarkScore> of(Trajectory truth, List<MetricPose> poses) {
        int first = 0;
        while (first < poses.size() && !poses.get(first).isPredicted()) {
            first++;
        }
        int next = first;
        while (next < poses.size() && poses.get(next).isPredicted()) {
            next++;
        }
        if (first == 0 || next == first) {
            return Optional.empty();
        }
        var seen = poses.get(first - 1);
        var last = poses.get(next - 1);
        double metres = error(truth, seen, last);
        return Optional.of(new DarkScore(
                (last.captureTimeNanos() - seen.captureTimeNanos()) / SequenceRun.NANOS,
                metres,
                metres / last.sigmaMetres(),
                next < poses.size() ? error(truth, seen, poses.get(next)) : Double.NaN));
    }

    private static double error(Trajectory truth, MetricPose seen, MetricPose later) {
        var trueWay = at(truth, seen).inverse().times(at(truth, later));
        var way = seen.worldFromCamera().inverse().times(later.worldFromCamera());
        return trueWay.translation().distanceTo(way.translation());
    }

    private static RigidTransform at(Trajectory truth, MetricPose pose) {
        double seconds = pose.captureTimeNanos() / SequenceRun.NANOS;
        return truth.poses().stream()
                .min((a, b) -> Double.compare(Math.abs(a.seconds() - seconds), Math.abs(b.seconds() - seconds)))
                .orElseThrow()
                .worldFromCamera();
    }
}
