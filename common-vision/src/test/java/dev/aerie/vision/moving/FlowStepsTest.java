package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class FlowStepsTest {

    @Test
    void feature_anyLength_isItsAsinhInWholeSteps() {
        var random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            double cells = Math.exp(random.nextDouble(-12, 9));
            double steps = Math.log(4 * cells + Math.sqrt(16 * cells * cells + 1)) * FlowSteps.PER_UNIT;
            double fraction = steps - Math.floor(steps);
            if (Math.abs(fraction - 0.5) > 1e-4) {
                double wanted = Math.min(FlowSteps.MAX, Math.rint(steps)) / FlowSteps.PER_UNIT;
                assertThat(FlowSteps.feature((float) cells)).isEqualTo((float) wanted);
                assertThat(FlowSteps.feature((float) -cells)).isEqualTo((float) -wanted);
            }
        }
    }

    @Test
    void feature_nothingAndEndless_areTheFirstAndTheLastStep() {
        assertThat(FlowSteps.feature(0)).isZero();
        assertThat(FlowSteps.feature(Float.MIN_VALUE)).isZero();
        assertThat(FlowSteps.feature(Float.MAX_VALUE)).isEqualTo(6.35f);
        assertThat(FlowSteps.feature(Float.NEGATIVE_INFINITY)).isEqualTo(-6.35f);
    }

    @Test
    void cells_ofAFeature_isTheLengthWithinHalfAStep() {
        for (float cells : new float[] {-20, -1, -0.1f, 0, 0.04f, 0.5f, 3, 30}) {
            assertThat(FlowSteps.cells(FlowSteps.feature(cells)))
                    .isCloseTo(cells, within(0.026f * Math.abs(cells) + 0.007f));
        }
    }
}
