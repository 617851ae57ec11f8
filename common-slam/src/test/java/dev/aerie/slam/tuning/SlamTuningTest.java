package dev.aerie.slam.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlamTuningTest {

    @Test
    void default_hasTheThresholdsOfOrbSlam() {
        var tuning = SlamTuning.DEFAULT;
        assertThat(tuning.tracking().minLocalMapInliers()).isEqualTo(30);
        assertThat(tuning.initialization().minParallaxDegrees()).isEqualTo(1);
        assertThat(tuning.culling().redundantFraction()).isEqualTo(0.9);
    }

    @Test
    void featuresIn_growsWithTheFrameUpToABound() {
        var tuning = SlamTuning.DEFAULT;
        assertThat(tuning.featuresIn(320, 240)).isEqualTo(1200);
        assertThat(tuning.featuresIn(640, 480)).isEqualTo(1200);
        assertThat(tuning.featuresIn(1241, 376)).isEqualTo(1823);
        assertThat(tuning.featuresIn(3840, 2160)).isEqualTo(2000);
    }

    @Test
    void keyframeConfig_fractionAboveOne_isRejectedByName() {
        assertThatThrownBy(() -> new KeyframeConfig(1.1, 0.5, 2, 30, 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxTrackedFraction must be 0..1, was 1.1");
    }

    @Test
    void matchingConfig_moreBinsKeptThanThereAre_isRejectedByName() {
        assertThatThrownBy(() -> new MatchingConfig(
                        100, 55, 65, 0.9, 0.8, 0.85, 0.8, 0.8, 10, 0.5, 1.2, 4, 0.998, 2.5, 4, 2, 3, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rotationBins must be >= 3.0, was 2.0");
    }

    @Test
    void slamTuning_withoutFeatures_isRejected() {
        var given = SlamTuning.DEFAULT;
        assertThatThrownBy(() -> new SlamTuning(
                        0,
                        given.seed(),
                        given.initialization(),
                        given.twoViews(),
                        given.matching(),
                        given.tracking(),
                        given.keyframes(),
                        given.relocalization(),
                        given.mapping(),
                        given.culling(),
                        given.places(),
                        given.loops()))
                .hasMessageContaining("features must be > 0");
    }
}
