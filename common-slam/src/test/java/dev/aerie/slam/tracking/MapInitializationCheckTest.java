package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.slam.tuning.InitializationConfig;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MapInitializationCheckTest {

    private static final long FRAME_NANOS = 100_000_000L;

    private static final int SUBMAP = 3;

    private final MapInitializationCheck mapInitializationCheck =
            new MapInitializationCheck(InitializationConfig.DEFAULT);

    /// How many frames of one share were heard before the part was refuted; 60 if it was not.
    private int samplesUntilRejected(double fraction) {
        mapInitializationCheck.start(SUBMAP, 0);
        return IntStream.range(0, 60)
                .filter(frame -> mapInitializationCheck.rejects(SUBMAP, frame * FRAME_NANOS, fraction))
                .findFirst()
                .orElse(60);
    }

    @Test
    void isRejected_mostAgrees_neverIs() {
        assertThat(samplesUntilRejected(0.86)).isEqualTo(60);
    }

    @Test
    void isRejected_aQuarterDisagrees_isOnceEightFramesSaidSo() {
        assertThat(samplesUntilRejected(0.75)).isEqualTo(7);
    }

    /// At five frames a second and less, a second has too few of them to judge.
    @Test
    void isRejected_fewFramesASecond_neverIs() {
        mapInitializationCheck.start(SUBMAP, 0);
        assertThat(IntStream.range(0, 15)
                        .anyMatch(frame -> mapInitializationCheck.rejects(SUBMAP, 2L * frame * FRAME_NANOS, 0.5)))
                .isFalse();
    }

    @Test
    void isRejected_disagreementAfterTheTrial_isNotItsMatter() {
        assertThat(samplesUntilRejected(0.9)).isEqualTo(60);
        assertThat(mapInitializationCheck.rejects(SUBMAP, 61 * FRAME_NANOS, 0.2))
                .isFalse();
    }

    @Test
    void isRejected_joinedToAnOlderSubmap_hasPassed() {
        mapInitializationCheck.start(SUBMAP, 0);
        assertThat(IntStream.range(0, 20)
                        .anyMatch(frame -> mapInitializationCheck.rejects(0, frame * FRAME_NANOS, 0.2)))
                .isFalse();
    }

    /// What counts is the last second, not a good beginning.
    @Test
    void isRejected_fallingFraction_isAlthoughItBeganWell() {
        mapInitializationCheck.start(SUBMAP, 0);
        for (int frame = 0; frame < 15; frame++) {
            assertThat(mapInitializationCheck.rejects(SUBMAP, frame * FRAME_NANOS, 0.95))
                    .isFalse();
        }
        assertThat(IntStream.range(15, 28)
                        .anyMatch(frame -> mapInitializationCheck.rejects(SUBMAP, frame * FRAME_NANOS, 0.75)))
                .isTrue();
    }

    @Test
    void isRejected_againAndAgain_isMoreLenientUntilOnePassed() {
        int refusals = 0;
        while (samplesUntilRejected(0.75) < 60) {
            refusals++;
        }
        assertThat(refusals).isBetween(3, 4);
        assertThat(samplesUntilRejected(0.75)).as("strict again").isEqualTo(7);
    }
}
