package dev.aerie.slam.match;

import dev.aerie.slam.feature.Features;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.Arrays;
import java.util.List;

/// Pairs features of two frames by their looks: each is the other's nearest, clearly so, and all turned
/// alike.
public final class DescriptorMatcher {

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
        var pairing = new FeaturePairing(first, second);
        for (int index : among) {
            pairing.offer(index, with, with.length, maxBits, ratio);
        }
        return pairing.consistent(config);
    }
}
