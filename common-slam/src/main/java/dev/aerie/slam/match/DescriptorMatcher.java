package dev.aerie.slam.match;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pairs features of two frames by their looks: each is the other's nearest, clearly so, and all turned
/// alike.
public final class DescriptorMatcher {

    private static final int NONE = -1;

    private final MatchingConfig config;
    private final int maxBits;
    private final double ratio;

    private DescriptorMatcher(MatchingConfig config, int maxBits, double ratio) {
        this.config = config;
        this.maxBits = maxBits;
        this.ratio = ratio;
    }

    /// For frames known to show the same place.
    public static DescriptorMatcher narrowBaseline(MatchingConfig config) {
        return new DescriptorMatcher(config, config.maxBits(), config.narrowBaselineRatio());
    }

    /// For frames that may show the same place from elsewhere.
    public static DescriptorMatcher wideBaseline(MatchingConfig config) {
        return new DescriptorMatcher(config, config.maxWideBaselineBits(), config.wideBaselineRatio());
    }

    /// Pairs some features of one frame with those of another.
    ///
    /// - `among`: indices into `first`
    public List<FeaturePair> match(Features first, int[] among, Features second) {
        int[] all = new int[second.count()];
        Arrays.setAll(all, i -> i);
        return match(first, among, second, all);
    }

    /// Pairs some features of one frame with some of another.
    public List<FeaturePair> match(Features first, int[] among, Features second, int[] with) {
        int[] nearest = new int[with.length];
        int[] nearestBits = new int[with.length];
        Arrays.fill(nearest, NONE);
        Arrays.fill(nearestBits, Descriptor.BITS + 1);
        for (int index : among) {
            offer(first.descriptor(index), index, second, with, nearest, nearestBits);
        }
        var pairs = new ArrayList<FeaturePair>();
        var histogram = new RotationHistogram(config);
        for (int j = 0; j < with.length; j++) {
            if (nearest[j] != NONE) {
                pairs.add(new FeaturePair(nearest[j], with[j]));
                histogram.add(
                        first.keypoint(nearest[j]).angleRadians(),
                        second.keypoint(with[j]).angleRadians());
            }
        }
        return histogram.consistent(pairs);
    }

    /// Gives a feature to its clear nearest, unless that one has a nearer already.
    private void offer(Descriptor wanted, int index, Features second, int[] with, int[] nearest, int[] nearestBits) {
        int best = NONE;
        int min = maxBits + 1;
        int runnerUp = Descriptor.BITS;
        for (int j = 0; j < with.length; j++) {
            int bits = wanted.distanceTo(second.descriptor(with[j]));
            if (bits < min) {
                runnerUp = Math.min(runnerUp, min);
                min = bits;
                best = j;
            } else if (bits < runnerUp) {
                runnerUp = bits;
            }
        }
        if (best != NONE && min < ratio * runnerUp && min < nearestBits[best]) {
            nearest[best] = index;
            nearestBits[best] = min;
        }
    }
}
