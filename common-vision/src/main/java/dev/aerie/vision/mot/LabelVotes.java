package dev.aerie.vision.mot;

import dev.aerie.vision.detect.Detection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What a track's detections were labelled, weighted by their scores.
final class LabelVotes {

    private final Map<String, Double> votes = new TreeMap<>();
    private String winner;

    LabelVotes(Detection first) {
        winner = first.label();
        add(first);
    }

    void add(Detection detection) {
        votes.merge(detection.label(), detection.score(), Double::sum);
        if (!detection.label().equals(winner)) {
            winner = votes.entrySet().stream()
                    .max(Comparator.comparingDouble(Map.Entry::getValue))
                    .orElseThrow()
                    .getKey();
        }
    }

    /// The label with most votes.
    String winner() {
        return winner;
    }
}
