package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class CarriedProbabilitiesTest {

    private static final int ROW = 50;
    private static final float TO_THE_LEFT_BY_ONE_CELL = FlowSteps.feature(-1);

    /// All came from one cell further left.
    private final FloatBuffer features = FloatBuffer.allocate(MotionFeatures.CHANNELS * CellGrid.CELLS);

    @Test
    void mixInto_thingThatMovesOn_isCarriedAlongWithIt() {
        for (int i = 0; i < CellGrid.CELLS; i++) {
            features.put(i, TO_THE_LEFT_BY_ONE_CELL);
        }
        try (var probabilities = new CarriedProbabilities()) {
            var first = marked(20);
            probabilities.mixInto(features, first);
            assertThat(first).isEqualTo(marked(20));
            var second = marked(21);
            probabilities.mixInto(features, second);
            assertThat(second.get(at(21))).isCloseTo(1, within(1e-3f));
            assertThat(second.get(at(20))).isCloseTo(0, within(1e-3f));
        }
    }

    @Test
    void mixInto_markOfOneFrame_fadesAway() {
        try (var probabilities = new CarriedProbabilities()) {
            probabilities.mixInto(features, nothing());
            var flicker = marked(20);
            probabilities.mixInto(features, flicker);
            assertThat(flicker.get(at(20))).isCloseTo(0.4f, within(1e-3f));
            var after = nothing();
            probabilities.mixInto(features, after);
            assertThat(after.get(at(20))).isCloseTo(0.24f, within(1e-3f));
            probabilities.clear();
            var afresh = nothing();
            probabilities.mixInto(features, afresh);
            assertThat(afresh.get(at(20))).isZero();
        }
    }

    private static FloatBuffer nothing() {
        return FloatBuffer.allocate(CellGrid.CELLS);
    }

    private static FloatBuffer marked(int column) {
        return nothing().put(at(column), 1);
    }

    private static int at(int column) {
        return ROW * CellGrid.WIDTH + column;
    }
}
