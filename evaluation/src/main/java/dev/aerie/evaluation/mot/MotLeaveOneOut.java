package dev.aerie.evaluation.mot;

import dev.aerie.evaluation.mot.MotTrackers.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Cross-validation of a tracker's settings: each video is tracked with the settings that are best on all others.
public final class MotLeaveOneOut {

    private MotLeaveOneOut() {}

    /// A video's result with the settings chosen on the others.
    public record Choice(String settings, MotRun run) {}

    /// One choice per video: the settings with the largest sum of HOTA and IDF1 of all other videos together; of
    /// equally good ones the first. Throws [IllegalArgumentException] without settings, or with fewer than two.
    public static List<Choice> choose(List<MotSequence> sequences, List<Setting> settings) {
        if (settings.isEmpty() || sequences.size() < 2) {
            throw new IllegalArgumentException("to leave one out takes settings and at least two videos");
        }
        var candidates = settings.stream()
                .map(setting -> new Candidate(
                        setting.name(),
                        sequences.stream()
                                .map(sequence ->
                                        MotRun.of(sequence, setting.open().get()))
                                .toList()))
                .toList();
        return IntStream.range(0, sequences.size())
                .mapToObj(left -> choose(candidates, left))
                .toList();
    }

    private static Choice choose(List<Candidate> candidates, int left) {
        Candidate best = candidates.stream()
                .max(Comparator.comparingDouble(candidate -> candidate.without(left)))
                .orElseThrow();
        return new Choice(best.name, best.runs.get(left));
    }

    private record Candidate(String name, List<MotRun> runs) {

        double without(int left) {
            var others = new ArrayList<>(runs);
            others.remove(left);
            var scores = MotRun.combined(others);
            return scores.hota() + scores.idf1();
        }
    }
}
