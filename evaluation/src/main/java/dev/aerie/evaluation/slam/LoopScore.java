package dev.aerie.evaluation.slam;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.Comparator;
import java.util.Optional;

/// Loops that a run closed and submaps that it merged.
///
/// - `wrong`: those of frames that were truly taken more than [#MAX_METRES_APART] from each other; 0 without a truth
public record LoopScore(int closed, int wrong) {

    /// Farther apart, two cameras look at different parts of a street.
    static final double MAX_METRES_APART = 20;

    public static LoopScore of(ImageSequence sequence, SequenceRun run) {
        int wrong = (int) run.loopClosures().stream()
                .filter(loop -> sequence.truth()
                        .map(truth -> metresApart(sequence, truth, loop) > MAX_METRES_APART)
                        .orElse(false))
                .count();
        return new LoopScore(run.loopClosures().size(), wrong);
    }

    private static double metresApart(ImageSequence sequence, Trajectory truth, LoopClosure loop) {
        var later = position(sequence, truth, loop.frameNumber());
        var earlier = position(sequence, truth, loop.olderFrameNumber());
        return later.flatMap(position -> earlier.map(position::distanceTo)).orElse(0.0);
    }

    /// That of the true pose nearest in time; empty without any.
    private static Optional<Vector3> position(ImageSequence sequence, Trajectory truth, long frame) {
        double seconds = sequence.seconds().get(Math.toIntExact(frame));
        return truth.poses().stream()
                .min(Comparator.comparingDouble(pose -> Math.abs(pose.seconds() - seconds)))
                .map(pose -> pose.worldFromCamera().translation());
    }
}
