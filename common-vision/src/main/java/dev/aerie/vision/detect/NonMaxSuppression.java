package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Keeps the best of several boxes that lie on the same object.
///
/// - `maxOverlap`: intersection over union above which the weaker of two of one label is suppressed, 0..1
/// - `maxShared`: share of the smaller box that lies in the other above which the weaker of two of one label is
///   suppressed
/// - `maxDetections`: how many are kept at most
record NonMaxSuppression(double maxOverlap, double maxShared, int maxDetections) {

    /// Intersection over union above which boxes of two labels are on one object, which is called both.
    private static final double MAX_OVERLAP_OF_LABELS = 0.75;

    /// A small box may lie in a large one.
    NonMaxSuppression(double maxOverlap, int maxDetections) {
        this(maxOverlap, Double.POSITIVE_INFINITY, maxDetections);
    }

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
        Box one = better.box();
        Box other = candidate.box();
        if (!better.label().equals(candidate.label())) {
            return one.overlapWith(other) > MAX_OVERLAP_OF_LABELS;
        }
        return one.overlapWith(other) > maxOverlap
                || one.sharedPixels(other) > maxShared * Math.min(one.areaPixels(), other.areaPixels());
    }
}
