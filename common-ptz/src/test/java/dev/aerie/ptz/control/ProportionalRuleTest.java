package dev.aerie.ptz.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values that the source documents give.
final class ProportionalRuleTest {

    @Test
    void pixelsPerDegree_documentsFrame_is32() {
        assertThat(ProportionalRule.pixelsPerDegree(1920, 60)).isEqualTo(32);
    }

    @Test
    void panDegreesForPixelOffset_documentsOffset_is10() {
        assertThat(ProportionalRule.panDegreesForPixelOffset(320, 1920, 60)).isEqualTo(10);
    }

    @Test
    void normalizedOffset_edges_areOne() {
        assertThat(ProportionalRule.normalizedOffset(-960, 1920)).isEqualTo(-1);
        assertThat(ProportionalRule.normalizedOffset(480, 1920)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0", "0.5, 50", "-2, -100", "0.05, 5", "-0.559, -55", "2, 100", "-0.049, 0"})
    void speedFromNorm_documentsValues(double offset, int speed) {
        assertThat(ProportionalRule.speedFromNorm(offset)).isEqualTo(speed);
    }

    @Test
    void superBox_several_isTheBoxAroundAll() {
        var around = ProportionalRule.superBox(List.of(new Box(10, 20, 30, 40), new Box(100, 5, 10, 10)));

        assertThat(around).isEqualTo(new Box(10, 5, 100, 55));
        assertThatThrownBy(() -> ProportionalRule.superBox(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void smoothed_quarter_movesAQuarterOfTheWay() {
        assertThat(ProportionalRule.smoothed(0.25, 10, 2)).isCloseTo(4, within(1e-12));
    }
}
