package dev.aerie.slam.match;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pairs features of two frames taken shortly after each other, of which nothing else is known: within a
/// window.
public final class WindowMatcher {

    private static final int NONE = -1;

    private final MatchingConfig config;
    private int[] near = new int[2048];

    public WindowMatcher(MatchingConfig config) {
        this.config = config;
    }

    /// - `halfSidePixels`: of the window around where each feature was in the first frame
    public List<FeaturePair> match(Features first, Features second, double halfSidePixels) {
        int[] partner = new int[second.count()];
        int[] partnerBits = new int[second.count()];
        Arrays.fill(partner, NONE);
        Arrays.fill(partnerBits, Descriptor.BITS + 1);
        if (near.length < second.count()) {
            near = new int[2 * second.count()];
        }
        for (int i = 0; i < first.count(); i++) {
            int best = nearest(first, i, second, halfSidePixels);
            if (best != NONE) {
                int bits = first.descriptor(i).distanceTo(second.descriptor(best));
                if (bits < partnerBits[best]) {
                    partner[best] = i;
                    partnerBits[best] = bits;
                }
            }
        }
        return consistentPairs(first, second, partner);
    }

    private int nearest(Features first, int index, Features second, double halfSidePixels) {
        var from = first.keypoint(index);
        int count = second.around(
                from.xPixels(), from.yPixels(), halfSidePixels, from.octave() - 1, from.octave() + 1, near);
        int best = NONE;
        int min = config.maxBits() + 1;
        int runnerUp = Descriptor.BITS;
        for (int i = 0; i < count; i++) {
            int bits = first.descriptor(index).distanceTo(second.descriptor(near[i]));
            if (bits < min) {
                runnerUp = min;
                min = bits;
                best = near[i];
            } else if (bits < runnerUp) {
                runnerUp = bits;
            }
        }
        return min < config.windowRatio() * runnerUp ? best : NONE;
    }

    private List<FeaturePair> consistentPairs(Features first, Features second, int[] partner) {
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
