package dev.aerie.evaluation.vos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cross-validation of settings: each video is scored with the settings that scored best on all others.
public final class LeaveOneOut {

    private LeaveOneOut() {}

    /// Settings that were scored on every video.
    ///
    /// - `name`: of the settings; `scores`: of the videos, in the same order in every candidate
    public record Candidate(String name, List<VosScore> scores) {

        public Candidate {
            scores = List.copyOf(scores);
        }

        private double jWithout(int left) {
            double sum = 0;
            for (int i = 0; i < scores.size(); i++) {
                sum += i == left ? 0 : scores.get(i).j();
            }
            return sum;
        }
    }

    /// A video's score with the settings chosen on the others.
    public record Choice(String settings, VosScore score) {}

    /// One choice per video; of equally good settings the first.
    ///
    /// - throws [IllegalArgumentException] without a candidate, or with fewer than two videos
    public static List<Choice> choose(List<Candidate> candidates) {
        if (candidates.isEmpty() || candidates.getFirst().scores().size() < 2) {
            throw new IllegalArgumentException("to leave one out takes a candidate of at least two videos");
        }
        var choices = new ArrayList<Choice>();
        for (int i = 0; i < candidates.getFirst().scores().size(); i++) {
            int left = i;
            Candidate best = candidates.stream()
                    .max(Comparator.comparingDouble(candidate -> candidate.jWithout(left)))
                    .orElseThrow();
            choices.add(new Choice(best.name(), best.scores().get(i)));
        }
        return choices;
    }
}
