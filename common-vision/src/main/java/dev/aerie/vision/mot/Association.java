package dev.aerie.vision.mot;

import java.util.ArrayList;
import java.util.List;

/// Pairs tracks with detections at minimum total cost. Its memory is used again from frame to frame; used by one
/// thread.
final class Association<M extends BoxMotion> {

    private final CostMatrix costs = new CostMatrix();
    private final Assignment assignment = new Assignment();

    /// Cost of a pair, 0 or more.
    @FunctionalInterface
    interface PairCost<M extends BoxMotion> {
        double of(TrackedBox<M> track, Observation observation);
    }

    /// Updates the paired ones of `tracks`, takes their observations out of `open`, returns the tracks that are left.
    ///
    /// - `limit`: a pair costs less
    List<TrackedBox<M>> match(List<TrackedBox<M>> tracks, List<Observation> open, PairCost<M> cost, double limit) {
        fill(tracks, open, cost);
        int[] columnOfRow = assignment.solve(costs, limit);
        var unmatched = new ArrayList<TrackedBox<M>>();
        var isTaken = new boolean[open.size()];
        for (int row = 0; row < tracks.size(); row++) {
            if (columnOfRow[row] < 0) {
                unmatched.add(tracks.get(row));
            } else {
                isTaken[columnOfRow[row]] = true;
                tracks.get(row).update(open.get(columnOfRow[row]));
            }
        }
        for (int column = isTaken.length - 1; column >= 0; column--) {
            if (isTaken[column]) {
                open.remove(column);
            }
        }
        return unmatched;
    }

    private void fill(List<TrackedBox<M>> tracks, List<Observation> open, PairCost<M> cost) {
        costs.resize(tracks.size(), open.size());
        for (int row = 0; row < tracks.size(); row++) {
            for (int column = 0; column < open.size(); column++) {
                costs.set(row, column, cost.of(tracks.get(row), open.get(column)));
            }
        }
    }
}
