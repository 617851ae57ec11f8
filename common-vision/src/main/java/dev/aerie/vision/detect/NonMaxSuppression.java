package dev.aerie.vision.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Keeps the best of several boxes of one label that lie on the same object.
///
/// - `maxOverlap`: intersection over union above which the weaker of two is suppressed, 0..1
/// - `maxDetections`: how many are kept at most
record NonMaxSuppression(double maxOverlap, int maxDetections) {

    /// The kept `candidates`, best first; equal scores keep their order.
    List<Detection> keepBest(List<Detection> candidates) {
        var byScore = new ArrayList<>(candidates);
        byScore.sort(Comparator.comparingDouble(Detection::score).reversed());
        var kept = new ArrayList<Detection>();
        for (Detection candidate : byScore) {
            if (kept.size() == maxDetections) {
                break;
            }
            if (kept.stream().noneMatch(better -> suppresses(better, candidate))) {
                kept.add(candidate);
            }
        }
        return List.copyOf(kept);
    }

    private boolean suppresses(Detection better, Detection candidate) {
        return better.label().equals(candidate.label()) && better.box().overlapWith(candidate.box()) > maxOverlap;
    }
}
