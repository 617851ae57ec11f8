package dev.aerie.slam.match;

import dev.aerie.slam.feature.Features;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.List;

/// Pairs features of two frames taken shortly after each other, of which nothing else is known: within a
/// window.
public final class WindowMatcher {

    private final MatchingConfig config;
    private int[] near = new int[2048];

    public WindowMatcher(MatchingConfig config) {
        this.config = config;
    }

    /// - `halfSidePixels`: of the window around where each feature was in the first frame
    public List<FeaturePair> match(Features first, Features second, double halfSidePixels) {
        if (near.length < second.count()) {
            near = new int[2 * second.count()];
        }
        var pairing = new FeaturePairing(first, second);
        for (int i = 0; i < first.count(); i++) {
            var from = first.keypoint(i);
            int count = second.around(
                    from.xPixels(), from.yPixels(), halfSidePixels, from.octave() - 1, from.octave() + 1, near);
            pairing.offer(i, near, count, config.maxBits(), config.windowRatio());
        }
        return pairing.consistent(config);
    }
}
