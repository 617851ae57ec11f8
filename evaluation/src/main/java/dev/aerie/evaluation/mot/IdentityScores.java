package dev.aerie.evaluation.mot;

import dev.aerie.vision.mot.Assignment;
import java.util.List;

/// Number of boxes with the right identity, each true object matched to one found object for the whole video.
///
/// Source: Ristani et al. 2016 (IDF1), at an overlap of 0.5.
record IdentityScores(double right, double truthBoxes, double foundBoxes) {

    private static final double MIN_OVERLAP = 0.5;

    static IdentityScores of(List<MotFrame> frames) {
        var ids = new IdPairs(frames);
        double[][] together = ids.matrix();
        double truthBoxes = 0;
        double foundBoxes = 0;
        for (MotFrame frame : frames) {
            truthBoxes += frame.truthIds().size();
            foundBoxes += frame.foundIds().size();
            addOverlapping(frame, ids, together);
        }
        return new IdentityScores(maxTogether(together), truthBoxes, foundBoxes);
    }

    IdentityScores plus(IdentityScores other) {
        return new IdentityScores(right + other.right, truthBoxes + other.truthBoxes, foundBoxes + other.foundBoxes);
    }

    double idf1Percent() {
        return 100 * 2 * right / Math.max(1, truthBoxes + foundBoxes);
    }

    private static void addOverlapping(MotFrame frame, IdPairs ids, double[][] together) {
        for (int truth = 0; truth < frame.truthIds().size(); truth++) {
            for (int found = 0; found < frame.foundIds().size(); found++) {
                if (frame.overlap(truth, found) >= MIN_OVERLAP) {
                    together[ids.truth(frame.truthIds().get(truth))][
                            ids.found(frame.foundIds().get(found))]++;
                }
            }
        }
    }

    private static double maxTogether(double[][] together) {
        var cost = new double[together.length][];
        for (int row = 0; row < cost.length; row++) {
            cost[row] = new double[together[row].length];
            for (int column = 0; column < cost[row].length; column++) {
                cost[row][column] = -together[row][column];
            }
        }
        int[] foundOfTruth = Assignment.minCost(cost);
        double sum = 0;
        for (int row = 0; row < cost.length; row++) {
            sum += foundOfTruth[row] < 0 ? 0 : together[row][foundOfTruth[row]];
        }
        return sum;
    }
}
