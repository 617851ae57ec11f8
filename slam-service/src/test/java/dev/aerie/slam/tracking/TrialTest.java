package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrialTest {

    private static final long PICTURE_NANOS = 100_000_000L;

    private static final int PART = 3;

    private final Trial trial = new Trial();

    /// How many pictures of one share were heard before the part was refuted; 60 if it was not.
    private int heardUntilRefuted(double share) {
        trial.open(PART, 0);
        return IntStream.range(0, 60)
                .filter(picture -> trial.isRefuted(PART, picture * PICTURE_NANOS, share))
                .findFirst()
                .orElse(60);
    }

    @Test
    void isRefuted_mostAgrees_neverIs() {
        assertThat(heardUntilRefuted(0.86)).isEqualTo(60);
    }

    @Test
    void isRefuted_aQuarterDisagrees_isOnceFivePicturesSaidSo() {
        assertThat(heardUntilRefuted(0.75)).isEqualTo(4);
    }

    @Test
    void isRefuted_disagreementAfterTheTrial_isNotItsMatter() {
        assertThat(heardUntilRefuted(0.9)).isEqualTo(60);
        assertThat(trial.isRefuted(PART, 61 * PICTURE_NANOS, 0.2)).isFalse();
    }

    @Test
    void isRefuted_joinedToAnOlderPart_hasPassed() {
        trial.open(PART, 0);
        assertThat(IntStream.range(0, 20).anyMatch(picture -> trial.isRefuted(0, picture * PICTURE_NANOS, 0.2)))
                .isFalse();
    }

    /// What counts is the last second, not a good beginning.
    @Test
    void isRefuted_fallingShare_isAlthoughItBeganWell() {
        trial.open(PART, 0);
        for (int picture = 0; picture < 15; picture++) {
            assertThat(trial.isRefuted(PART, picture * PICTURE_NANOS, 0.95)).isFalse();
        }
        assertThat(IntStream.range(15, 28).anyMatch(picture -> trial.isRefuted(PART, picture * PICTURE_NANOS, 0.75)))
                .isTrue();
    }

    @Test
    void isRefuted_againAndAgain_isMoreLenientUntilOnePassed() {
        int refusals = 0;
        while (heardUntilRefuted(0.75) < 60) {
            refusals++;
        }
        assertThat(refusals).isBetween(8, 9);
        assertThat(heardUntilRefuted(0.75)).as("strict again").isEqualTo(4);
    }
}
