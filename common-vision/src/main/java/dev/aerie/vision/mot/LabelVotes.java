package dev.aerie.vision.mot;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a track's detections were labelled, weighted by their scores.
public final class LabelVotes {

    private final Map<String, Double> votes = new TreeMap<>();
    private Optional<String> winner = Optional.empty();

    public void add(String label, double score) {
        votes.merge(label, score, Double::sum);
        if (winner.isEmpty() || !label.equals(winner.get())) {
            winner = votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        }
    }

    /// The label with most votes; empty before the first.
    public Optional<String> winner() {
        return winner;
    }
}
