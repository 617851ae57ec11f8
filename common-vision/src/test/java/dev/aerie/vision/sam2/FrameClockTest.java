package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FrameClockTest {

    private final FrameClock clock = new FrameClock(3);

    @Test
    void advance_framesSkipped_takeNoTime() {
        assertThat(clock.advance(10)).isZero();
        assertThat(clock.advance(13)).isEqualTo(1);
        assertThat(clock.of(10)).isZero();
        assertThat(clock.of(13)).isEqualTo(1);
        assertThat(clock.of(12)).as("left out after the first").isZero();
    }

    @Test
    void of_frameNotYetSeen_isWorkedOnNow() {
        clock.advance(10);
        assertThat(clock.of(11)).isEqualTo(1);
        assertThat(clock.now()).isEqualTo(1);
    }

    @Test
    void of_frameNoLongerRemembered_isTheEarliestThatIs() {
        for (long frame = 0; frame < 10; frame++) {
            clock.advance(frame);
        }
        assertThat(clock.of(2)).isEqualTo(7);
    }
}
