package dev.aerie.vision.sot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class GridAnswerTest {

    private static final int POINTS = 225;
    private static final int MIDDLE = 112;

    private final GridAnswer answer = new GridAnswer(NanoTrackConfig.DEFAULT);
    private final FloatBuffer classes = FloatBuffer.allocate(2 * POINTS);
    private final FloatBuffer sides = FloatBuffer.allocate(4 * POINTS);

    @Test
    void best_oneClearPoint_isItsBoxFromTheMiddle() {
        everywhere(32);
        object(MIDDLE + 2, 8);
        sides.put(MIDDLE + 2, 40); // 8 more to the left: the centre lies 4 further left
        var best = answer.best(classes, sides, 64, 64);
        assertThat(best.offsetX()).isCloseTo(32 - 4, within(1e-6));
        assertThat(best.offsetY()).isZero();
        assertThat(best.width()).isCloseTo(72, within(1e-6));
        assertThat(best.height()).isCloseTo(64, within(1e-6));
        assertThat(answer.bestScore()).isGreaterThan(0.99);
    }

    @Test
    void best_twoAlike_takesTheNearer() {
        everywhere(32);
        object(MIDDLE + 6, 8);
        object(MIDDLE - 2, 8);
        assertThat(answer.best(classes, sides, 64, 64).offsetX()).isCloseTo(-32, within(1e-6));
    }

    @Test
    void best_objectOfAnotherSize_isTrustedLess() {
        everywhere(32);
        object(MIDDLE, 8);
        double same = answer.best(classes, sides, 64, 64).trust();
        double twice = answer.best(classes, sides, 32, 32).trust();
        assertThat(twice).isCloseTo(same * Math.exp(-0.138), within(1e-6));
    }

    private void everywhere(float distance) {
        for (int i = 0; i < 4 * POINTS; i++) {
            sides.put(i, distance);
        }
        for (int i = 0; i < POINTS; i++) {
            classes.put(i, 8);
        }
    }

    private void object(int point, float logit) {
        classes.put(point, 0);
        classes.put(POINTS + point, logit);
    }
}
