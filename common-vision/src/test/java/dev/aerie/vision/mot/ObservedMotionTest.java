package dev.aerie.vision.mot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.CameraMotion;
import org.junit.jupiter.api.Test;

final class ObservedMotionTest {

    private final ObservedMotion motion = new ObservedMotion(at(0, 0), 3, 1.0 / 80);

    @Test
    void turnTo_straightOnAcrossAndBack_isNothingHalfAndOne() {
        observe(at(10, 0));
        observe(at(20, 0));
        assertThat(motion.turnTo(at(30, 0))).isZero();
        assertThat(motion.turnTo(at(0, 30))).isCloseTo(0.5, within(1e-9));
        assertThat(motion.turnTo(at(-30, 0))).isCloseTo(1, within(1e-9));
    }

    @Test
    void turnTo_oneObservation_hasNoDirection() {
        assertThat(motion.turnTo(at(-30, 0))).isZero();
    }

    /// Moving right, hidden for ten frames, found going left: what was predicted meanwhile is undone.
    @Test
    void correct_afterAGap_predictsAlongTheLineToTheNewObservation() {
        for (int i = 1; i <= 10; i++) {
            observe(at(10 * i, 0));
        }
        motion.predict(9);
        observe(at(50, 0));
        motion.predict(1);
        assertThat(motion.box().leftPixels()).isLessThan(50);
    }

    @Test
    void applyCameraMotion_movesTheLastObservation() {
        motion.applyCameraMotion(CameraMotion.shift(7, -3));
        assertThat(motion.lastObserved()).isEqualTo(at(7, -3));
    }

    private void observe(Box box) {
        motion.predict(1);
        motion.correct(box);
    }

    private static Box at(double left, double top) {
        return new Box(left, top, 60, 120);
    }
}
