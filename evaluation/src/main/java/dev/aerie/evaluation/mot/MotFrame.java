package dev.aerie.evaluation.mot;

import java.util.List;

/// One frame's true and found objects, and how much they overlap.
///
/// - `overlaps`: one row per true object, one column per found one, 0..1
record MotFrame(List<Long> truthIds, List<Long> foundIds, List<List<Double>> overlaps) {

    static MotFrame of(List<MotBox> truth, List<MotBox> found) {
        var overlaps = truth.stream()
                .map(real -> found.stream()
                        .map(one -> real.box().overlapWith(one.box()))
                        .toList())
                .toList();
        return new MotFrame(
                truth.stream().map(MotBox::id).toList(),
                found.stream().map(MotBox::id).toList(),
                overlaps);
    }

    double overlap(int truth, int found) {
        return overlaps.get(truth).get(found);
    }
}
