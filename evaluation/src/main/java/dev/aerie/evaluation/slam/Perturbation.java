package dev.aerie.evaluation.slam;

import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Another way through the same frames: one run of a sequence is a draw, many say what an engine is worth.
///
/// - `firstFrame`: in the direction of the run, from 0
/// - `isBackwards`: the last frame comes first; times run on from 0
/// - `isEverySecondLeftOut`: half of the frames, as after drops
/// - `seed`: of the engine's random choices
public record Perturbation(int firstFrame, boolean isBackwards, boolean isEverySecondLeftOut, long seed) {

    /// Runs begin within this first part of the sequence.
    private static final int BEGINNING = 5;

    /// In each group of eight runs, two leave frames out: one backwards, one forwards.
    private static final int GROUP = 8;

    private static final List<Integer> WITH_FRAMES_LEFT_OUT = List.of(3, 6);

    /// The first `count` ways through `frames` frames, always the same: the first is the sequence as it is, every
    /// second runs backwards, every fourth leaves frames out, each begins elsewhere.
    ///
    /// - `engineSeed`: of the first; the next ones count on from it
    public static List<Perturbation> of(int count, int frames, long engineSeed) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Perturbation(
                        i * (frames / BEGINNING) / count,
                        i % 2 == 1,
                        WITH_FRAMES_LEFT_OUT.contains(i % GROUP),
                        engineSeed + i))
                .toList();
    }

    /// The frames of this run, with the truth at their times.
    public ImageSequence applyTo(ImageSequence sequence) {
        int count = sequence.images().size();
        var chosen = new ArrayList<Integer>();
        for (int i = firstFrame; i < count; i += isEverySecondLeftOut ? 2 : 1) {
            chosen.add(isBackwards ? count - 1 - i : i);
        }
        return new ImageSequence(
                chosen.stream().map(sequence.images()::get).toList(),
                chosen.stream()
                        .map(i -> at(sequence, sequence.seconds().get(i)))
                        .toList(),
                sequence.camera(),
                sequence.truth().map(truth -> isBackwards ? reversed(sequence, truth) : truth));
    }

    private double at(ImageSequence sequence, double seconds) {
        return isBackwards ? sequence.seconds().getLast() - seconds : seconds;
    }

    private Trajectory reversed(ImageSequence sequence, Trajectory truth) {
        return new Trajectory(truth.poses().reversed().stream()
                .map(pose -> new TimedPose(at(sequence, pose.seconds()), pose.worldFromCamera()))
                .toList());
    }

    /// `from 12, backwards, every second`.
    @Override
    public String toString() {
        return "from " + firstFrame + (isBackwards ? ", backwards" : "") + (isEverySecondLeftOut ? ", halved" : "");
    }
}
