package dev.aerie.evaluation.slam;

import dev.aerie.evaluation.slam.metrics.Alignment;
import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.evaluation.slam.metrics.TrajectoryErrors;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.tuning.SlamTuning;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// What frames whose truth nobody knows say of an engine: forwards and then backwards it must end where it began, and
/// an engine that sees them backwards alone must find the same way. Without loops; NaN for what cannot be said.
///
/// - `firstPoseSeconds`: from the first frame to the first that is published with a pose
/// - `trackedPercent`: of the frames, forwards, at the end
/// - `submaps`: forwards
/// - `closingPercent`: from the first pose published to that of the same frame on the way back, if both are of one
///   submap, in % of the way there and back
/// - `closingDegrees`: the angle between both
/// - `backwardsPercent`: RMSE of the way seen backwards alone, its largest submap aligned to the largest forwards,
///   in % of the way
public record ThereAndBack(
        double firstPoseSeconds,
        double trackedPercent,
        int submaps,
        double closingPercent,
        double closingDegrees,
        double backwardsPercent) {

    /// - `seed`: of the engines' random choices
    public static ThereAndBack run(ImageSequence sequence, long seed) throws IOException {
        var tuning = SlamTuning.DEFAULT.withSeed(seed).withoutLoops();
        return of(
                sequence,
                runOf(sequence, tuning),
                runOf(thereAndBack(sequence), tuning),
                runOf(new Perturbation(0, true, false, seed).applyTo(sequence), tuning));
    }

    private static SequenceRun runOf(ImageSequence sequence, SlamTuning tuning) throws IOException {
        try (var engine = MonocularSlam.deterministic("eval", sequence.camera(), tuning)) {
            return SequenceRun.of(sequence, engine);
        }
    }

    /// The last frame, where it turns, comes once.
    static ImageSequence thereAndBack(ImageSequence sequence) {
        int last = sequence.images().size() - 1;
        double end = 2 * sequence.seconds().getLast();
        return new ImageSequence(
                IntStream.rangeClosed(0, 2 * last)
                        .mapToObj(i -> sequence.images().get(Math.min(i, 2 * last - i)))
                        .toList(),
                IntStream.rangeClosed(0, 2 * last)
                        .mapToObj(i -> i <= last
                                ? sequence.seconds().get(i)
                                : Double.valueOf(end - sequence.seconds().get(2 * last - i)))
                        .toList(),
                sequence.camera(),
                Optional.empty());
    }

    /// - `there`: of the sequence
    /// - `both`: of [#thereAndBack]
    /// - `back`: of the sequence backwards
    static ThereAndBack of(ImageSequence sequence, SequenceRun there, SequenceRun both, SequenceRun back) {
        int last = sequence.images().size() - 1;
        var begin = both.published().stream().findFirst().filter(pose -> pose.frameNumber() < last);
        var end = begin.flatMap(first -> both.published().stream()
                .filter(pose -> pose.frameNumber() == 2L * last - first.frameNumber())
                .filter(pose -> pose.submap() == first.submap())
                .findFirst());
        double closing = Double.NaN;
        double turned = Double.NaN;
        if (end.isPresent()) {
            var from = begin.get().worldFromCamera();
            var to = end.get().worldFromCamera();
            closing = 100 * from.translation().distanceTo(to.translation()) / way(both, begin.get(), end.get());
            turned = Math.toDegrees(from.rotation().angleTo(to.rotation()));
        }
        return new ThereAndBack(
                there.published().isEmpty()
                        ? Double.NaN
                        : there.published().getFirst().captureTimeNanos() / SequenceRun.NANOS
                                - sequence.seconds().getFirst(),
                there.trackedPercent(),
                there.submaps(),
                closing,
                turned,
                backwards(there, back, last));
    }

    private static double way(SequenceRun run, FramePose begin, FramePose end) {
        return new Trajectory(run.published().stream()
                        .filter(pose -> pose.submap() == begin.submap()
                                && pose.frameNumber() >= begin.frameNumber()
                                && pose.frameNumber() <= end.frameNumber())
                        .map(pose -> new TimedPose(pose.frameNumber(), pose.worldFromCamera()))
                        .toList())
                .length();
    }

    private static double backwards(SequenceRun there, SequenceRun back, int last) {
        var forwards = largest(there, false, last);
        var pairs = PosePairs.associate(forwards, largest(back, true, last), PosePairs.DEFAULT_SECONDS);
        return TrajectoryErrors.isAlignable(pairs)
                ? 100
                        * TrajectoryErrors.of(pairs, Alignment.SIMILARITY)
                                .absoluteTranslation()
                                .rmse()
                        / new Trajectory(IntStream.range(0, pairs.size())
                                        .mapToObj(i -> new TimedPose(
                                                i, pairs.reference().get(i)))
                                        .toList())
                                .length()
                : Double.NaN;
    }

    /// The submap with most poses, by the number of the frame forwards instead of time.
    private static Trajectory largest(SequenceRun run, boolean isBackwards, int last) {
        return new Trajectory(run.largestSubmap().stream()
                .map(pose -> new TimedPose(
                        isBackwards ? last - pose.frameNumber() : pose.frameNumber(), pose.worldFromCamera()))
                .sorted(Comparator.comparingDouble(TimedPose::seconds))
                .toList());
    }
}
