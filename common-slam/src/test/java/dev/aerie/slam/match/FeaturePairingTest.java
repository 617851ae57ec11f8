package dev.aerie.slam.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Features whose descriptors are so many ones, then zeros: two differ by the difference of these numbers.
final class FeaturePairingTest {

    private static final int MAX_BITS = 20;

    /// The second nearest may be as near as the nearest.
    private static final double NO_RATIO = 2;

    @Test
    void offer_twoThatWantTheSame_theNearerGetsIt() {
        var pairing = new FeaturePairing(features(0, 5, 7), features(6, 40));

        offerAll(pairing, 3, NO_RATIO, 0, 1);

        assertThat(pairing.consistent(MatchingConfig.DEFAULT))
                .as("the first of two that are as near")
                .containsExactly(new FeaturePair(1, 0));
    }

    @Test
    void offer_secondNearestNearlyAsNear_isNoPairUnlessThereIsNoRatio() {
        var first = features(10);
        var second = features(20, 21);
        var strict = new FeaturePairing(first, second);
        var lenient = new FeaturePairing(first, second);

        offerAll(strict, 1, 0.9, 0, 1);
        offerAll(lenient, 1, NO_RATIO, 0, 1);

        assertThat(strict.consistent(MatchingConfig.DEFAULT)).isEmpty();
        assertThat(lenient.consistent(MatchingConfig.DEFAULT)).containsExactly(new FeaturePair(0, 0));
    }

    @Test
    void offer_tooFarOrNoCandidate_isNoPair() {
        var pairing = new FeaturePairing(features(0), features(MAX_BITS + 1, MAX_BITS));

        offerAll(pairing, 1, NO_RATIO, 0);
        assertThat(pairing.consistent(MatchingConfig.DEFAULT)).isEmpty();

        offerAll(pairing, 1, NO_RATIO, 0, 1);
        assertThat(pairing.consistent(MatchingConfig.DEFAULT)).containsExactly(new FeaturePair(0, 1));
    }

    private static void offerAll(FeaturePairing pairing, int firstCount, double ratio, int... candidates) {
        for (int i = 0; i < firstCount; i++) {
            pairing.offer(i, candidates, candidates.length, MAX_BITS, ratio);
        }
    }

    /// - `ones`: fewer than 64 in each descriptor
    private static Features features(int... ones) {
        return new Features(
                IntStream.range(0, ones.length)
                        .mapToObj(i -> new Keypoint(10 * i, 10, 0, 0))
                        .toList(),
                Arrays.stream(ones)
                        .mapToObj(count -> new Descriptor((1L << count) - 1, 0, 0, 0))
                        .toList());
    }
}
