package dev.aerie.evaluation.vos;

import dev.aerie.evaluation.detection.DetectionScores;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What a user gets on one video without a prompt, or the sum of several.
///
/// - `name`: of the video
/// - `j`, `f`: of the union of the confirmed objects; mean over frames, without the first and the last; 0..1
/// - `fps`: frames per second of the whole pipeline
/// - `detectorCpuMillis`: processor time of the detector alone, on all its threads, mean over frames
/// - `boxes`: of the detector alone against the boxes of the truth's regions
/// - `objects`: the boxes of the confirmed objects, and their names, against the bodies that the truth names; where it
///   names none, the boxes alone against its regions
/// - `labels`: how often each name was given to a confirmed object most of which lies on the truth
/// - `isClassKnown`: whether the truth knows classes
/// - `judged`: frames that were judged, of which `wanted` show something to be found
/// - `blind`: of these, those in which the detector finds nothing
/// - `falseBoxArea`, `falseObjectArea`: shares of the frame that the detector's boxes and the confirmed objects cover
///   though nothing is there, mean over frames
public record AutoScore(
        String name,
        double j,
        double f,
        double fps,
        double detectorCpuMillis,
        DetectionScores boxes,
        DetectionScores objects,
        Map<String, Long> labels,
        boolean isClassKnown,
        long judged,
        long wanted,
        long blind,
        double falseBoxArea,
        double falseObjectArea) {

    public AutoScore {
        labels = Map.copyOf(labels);
    }

    /// As [VosScore] has it.
    public VosScore vos() {
        return new VosScore(name, j, f, fps);
    }

    /// Share of the frames with something to be found in which the detector finds nothing, 0..1; 0 without such frames.
    public double blindShare() {
        return wanted == 0 ? 0 : (double) blind / wanted;
    }

    /// Means of all videos, each of the same weight; counts are summed. Throws [IllegalArgumentException] for none.
    public static AutoScore mean(Collection<AutoScore> scores) {
        var vos = VosScore.mean(scores.stream().map(AutoScore::vos).toList());
        return new AutoScore(
                vos.name(),
                vos.j(),
                vos.f(),
                vos.fps(),
                mean(scores, AutoScore::detectorCpuMillis),
                sum(scores, AutoScore::boxes),
                sum(scores, AutoScore::objects),
                scores.stream()
                        .flatMap(score -> score.labels().entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum)),
                scores.stream().anyMatch(AutoScore::isClassKnown),
                scores.stream().mapToLong(AutoScore::judged).sum(),
                scores.stream().mapToLong(AutoScore::wanted).sum(),
                scores.stream().mapToLong(AutoScore::blind).sum(),
                mean(scores, AutoScore::falseBoxArea),
                mean(scores, AutoScore::falseObjectArea));
    }

    private static DetectionScores sum(Collection<AutoScore> scores, Function<AutoScore, DetectionScores> counts) {
        return scores.stream().map(counts).reduce(DetectionScores.NONE, DetectionScores::plus);
    }

    private static double mean(Collection<AutoScore> scores, ToDoubleFunction<AutoScore> figure) {
        return scores.stream().mapToDouble(figure).average().orElseThrow();
    }
}
