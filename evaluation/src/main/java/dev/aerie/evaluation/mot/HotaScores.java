package dev.aerie.evaluation.mot;

import dev.aerie.vision.mot.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Higher order tracking accuracy at 19 overlaps from 0.05 to 0.95. Source: Luiten et al. 2020, as TrackEval does it.
record HotaScores(List<AtOverlap> overlaps) {

    private static final int THRESHOLDS = 19;
    private static final double STEP = 0.05;
    private static final double ROUNDING = 1e-9;

    /// The counts at one overlap; `associated` is the sum over matches of their association's Jaccard index.
    record AtOverlap(double matched, double missed, double invented, double associated) {

        double detection() {
            return matched / Math.max(1, matched + missed + invented);
        }

        double association() {
            return associated / Math.max(1, matched);
        }

        AtOverlap plus(AtOverlap other) {
            return new AtOverlap(
                    matched + other.matched,
                    missed + other.missed,
                    invented + other.invented,
                    associated + other.associated);
        }
    }

    HotaScores {
        overlaps = List.copyOf(overlaps);
    }

    static HotaScores of(List<MotFrame> frames) {
        var ids = new IdPairs(frames);
        double[][] alignment = alignment(frames, ids);
        var matches = frames.stream().map(frame -> match(frame, ids, alignment)).toList();
        var scores = new ArrayList<AtOverlap>();
        for (int i = 1; i <= THRESHOLDS; i++) {
            scores.add(at(i * STEP, frames, matches, ids));
        }
        return new HotaScores(scores);
    }

    HotaScores plus(HotaScores other) {
        var sums = new ArrayList<AtOverlap>();
        for (int i = 0; i < overlaps.size(); i++) {
            sums.add(overlaps.get(i).plus(other.overlaps.get(i)));
        }
        return new HotaScores(sums);
    }

    double hotaPercent() {
        return 100 * mean(one -> Math.sqrt(one.detection() * one.association()));
    }

    double detectionPercent() {
        return 100 * mean(AtOverlap::detection);
    }

    double associationPercent() {
        return 100 * mean(AtOverlap::association);
    }

    private double mean(ToDoubleFunction<AtOverlap> score) {
        return overlaps.stream().mapToDouble(score).average().orElse(0);
    }

    /// Association score of each pair of identities over the whole video, 0..1.
    private static double[][] alignment(List<MotFrame> frames, IdPairs ids) {
        double[][] together = ids.matrix();
        frames.forEach(frame -> addShares(frame, ids, together));
        for (int truth = 0; truth < together.length; truth++) {
            for (int found = 0; found < together[truth].length; found++) {
                together[truth][found] /= ids.either(truth, found, together[truth][found]);
            }
        }
        return together;
    }

    private static void addShares(MotFrame frame, IdPairs ids, double[][] together) {
        int truths = frame.truthIds().size();
        int founds = frame.foundIds().size();
        var truthSum = new double[truths];
        var foundSum = new double[founds];
        for (int truth = 0; truth < truths; truth++) {
            for (int found = 0; found < founds; found++) {
                truthSum[truth] += frame.overlap(truth, found);
                foundSum[found] += frame.overlap(truth, found);
            }
        }
        for (int truth = 0; truth < truths; truth++) {
            for (int found = 0; found < founds; found++) {
                double overlap = frame.overlap(truth, found);
                double either = truthSum[truth] + foundSum[found] - overlap;
                if (either > ROUNDING) {
                    together[ids.truth(frame.truthIds().get(truth))][
                            ids.found(frame.foundIds().get(found))] += overlap / either;
                }
            }
        }
    }

    private static int[] match(MotFrame frame, IdPairs ids, double[][] alignment) {
        var cost = new double[frame.truthIds().size()][frame.foundIds().size()];
        for (int truth = 0; truth < cost.length; truth++) {
            for (int found = 0; found < cost[truth].length; found++) {
                double fit = alignment[ids.truth(frame.truthIds().get(truth))][
                        ids.found(frame.foundIds().get(found))];
                cost[truth][found] = -fit * frame.overlap(truth, found);
            }
        }
        return Assignment.minCost(cost);
    }

    private static AtOverlap at(double min, List<MotFrame> frames, List<int[]> matches, IdPairs ids) {
        double[][] together = ids.matrix();
        double matched = 0;
        double truths = 0;
        double founds = 0;
        for (int i = 0; i < frames.size(); i++) {
            MotFrame frame = frames.get(i);
            truths += frame.truthIds().size();
            founds += frame.foundIds().size();
            matched += addMatches(min, frame, matches.get(i), ids, together);
        }
        return new AtOverlap(matched, truths - matched, founds - matched, associated(together, ids));
    }

    private static int addMatches(double min, MotFrame frame, int[] foundOfTruth, IdPairs ids, double[][] together) {
        int matched = 0;
        for (int truth = 0; truth < foundOfTruth.length; truth++) {
            int found = foundOfTruth[truth];
            if (found >= 0 && frame.overlap(truth, found) >= min - ROUNDING) {
                together[ids.truth(frame.truthIds().get(truth))][
                        ids.found(frame.foundIds().get(found))]++;
                matched++;
            }
        }
        return matched;
    }

    private static double associated(double[][] together, IdPairs ids) {
        double sum = 0;
        for (int truth = 0; truth < together.length; truth++) {
            for (int found = 0; found < together[truth].length; found++) {
                double both = together[truth][found];
                sum += both * both / Math.max(1, ids.either(truth, found, both));
            }
        }
        return sum;
    }
}
