package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PictureTimesTest {

    private final PictureTimes times = new PictureTimes(3);

    @Test
    void advance_picturesLeftOut_takeNoTime() {
        assertThat(times.advance(10)).isZero();
        assertThat(times.advance(13)).isEqualTo(1);
        assertThat(times.of(10)).isZero();
        assertThat(times.of(13)).isEqualTo(1);
        assertThat(times.of(12)).as("left out after the first").isZero();
    }

    @Test
    void of_pictureNotYetSeen_isWorkedOnNow() {
        times.advance(10);
        assertThat(times.of(11)).isEqualTo(1);
        assertThat(times.now()).isEqualTo(1);
    }

    @Test
    void of_pictureNoLongerRemembered_isTheEarliestThatIs() {
        for (long frame = 0; frame < 10; frame++) {
            times.advance(frame);
        }
        assertThat(times.of(2)).isEqualTo(7);
    }
}
