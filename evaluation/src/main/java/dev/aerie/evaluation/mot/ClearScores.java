package dev.aerie.evaluation.mot;

import dev.aerie.vision.mot.Assignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The counts of CLEAR MOT at an overlap of 0.5. Source: Bernardin and Stiefelhagen 2008; matching as TrackEval does
/// it.
record ClearScores(long matched, long missed, long invented, long identitySwitches) {

    private static final double MIN_OVERLAP = 0.5;
    private static final double ROUNDING = 1e-9;
    /// Outweighs any overlap: the match of the previous frame is kept while it overlaps enough.
    private static final double CONTINUITY = 1000;

    static ClearScores of(List<MotFrame> frames) {
        var counts = new Counting();
        frames.forEach(counts::add);
        return new ClearScores(counts.matched, counts.missed, counts.invented, counts.switches);
    }

    ClearScores plus(ClearScores other) {
        return new ClearScores(
                matched + other.matched,
                missed + other.missed,
                invented + other.invented,
                identitySwitches + other.identitySwitches);
    }

    /// Multiple object tracking accuracy in percent; negative where more is wrong than there is.
    double motaPercent() {
        return 100.0 * (matched - invented - identitySwitches) / Math.max(1, matched + missed);
    }

    private static final class Counting {

        private final Map<Long, Long> lastPartner = new HashMap<>();
        private Map<Long, Long> partnersBefore = Map.of();
        private long matched;
        private long missed;
        private long invented;
        private long switches;

        void add(MotFrame frame) {
            int[] foundOfTruth = match(frame);
            var partners = new HashMap<Long, Long>();
            for (int truth = 0; truth < foundOfTruth.length; truth++) {
                if (foundOfTruth[truth] >= 0) {
                    long id = frame.truthIds().get(truth);
                    long partner = frame.foundIds().get(foundOfTruth[truth]);
                    partners.put(id, partner);
                    Long before = lastPartner.put(id, partner);
                    switches += before != null && before != partner ? 1 : 0;
                }
            }
            matched += partners.size();
            missed += frame.truthIds().size() - partners.size();
            invented += frame.foundIds().size() - partners.size();
            partnersBefore = partners;
        }

        private int[] match(MotFrame frame) {
            var cost = new double[frame.truthIds().size()][frame.foundIds().size()];
            for (int truth = 0; truth < cost.length; truth++) {
                Long before = partnersBefore.get(frame.truthIds().get(truth));
                for (int found = 0; found < cost[truth].length; found++) {
                    double overlap = frame.overlap(truth, found);
                    boolean continues = frame.foundIds().get(found).equals(before);
                    cost[truth][found] = overlap < MIN_OVERLAP - ROUNDING ? 0 : -overlap - (continues ? CONTINUITY : 0);
                }
            }
            return Assignment.minCost(cost, -ROUNDING);
        }
    }
}
