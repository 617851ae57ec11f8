package dev.aerie.slam.match;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pairs features of two frames one to one by their descriptors: each of the first gets the nearest of its candidates,
/// and of several that would get the same one the nearest does.
final class FeaturePairing {

    private static final int NONE = -1;

    private final Features first;
    private final Features second;
    private final int[] partner;
    private final int[] partnerBits;

    FeaturePairing(Features first, Features second) {
        this.first = first;
        this.second = second;
        partner = new int[second.count()];
        partnerBits = new int[second.count()];
        Arrays.fill(partner, NONE);
        Arrays.fill(partnerBits, Descriptor.BITS + 1);
    }

    /// Offers a feature of the first frame its candidates.
    ///
    /// - `candidates`: features of the second frame, of which the first `count` are meant
    /// - `maxBits`: in which the two may differ
    /// - `ratio`: of the nearest candidate's distance to the second nearest's, to stay below; one farther than
    ///   `maxBits` counts as just that far
    void offer(int index, int[] candidates, int count, int maxBits, double ratio) {
        var wanted = first.descriptor(index);
        int best = NONE;
        int min = maxBits + 1;
        int runnerUp = Descriptor.BITS;
        for (int i = 0; i < count; i++) {
            int bits = wanted.distanceTo(second.descriptor(candidates[i]));
            if (bits < min) {
                runnerUp = min;
                min = bits;
                best = candidates[i];
            } else if (bits < runnerUp) {
                runnerUp = bits;
            }
        }
        if (best != NONE && min < ratio * runnerUp && min < partnerBits[best]) {
            partner[best] = index;
            partnerBits[best] = min;
        }
    }

    /// The pairs that turned as most did, ordered by the second frame's features.
    List<FeaturePair> consistent(MatchingConfig config) {
        var pairs = new ArrayList<FeaturePair>();
        var histogram = new RotationHistogram(config);
        for (int j = 0; j < partner.length; j++) {
            if (partner[j] != NONE) {
                pairs.add(new FeaturePair(partner[j], j));
                histogram.add(
                        first.keypoint(partner[j]).angleRadians(),
                        second.keypoint(j).angleRadians());
            }
        }
        return histogram.consistent(pairs);
    }
}
