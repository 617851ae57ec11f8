package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentileMillis_oneToTwoThousandInAnyOrder_takesTheNearestRank() {
        var latencies = new Latencies();
        for (int i = 0; i < 2000; i++) {
            latencies.add((i * 7919L % 2000 + 1) * 1_000_000);
        }

        assertThat(latencies.percentileMillis(50)).isCloseTo(1000, withinPercentage(0.1));
        assertThat(latencies.percentileMillis(99)).isCloseTo(1980, withinPercentage(0.1));
        assertThat(latencies.percentileMillis(100)).isCloseTo(2000, withinPercentage(0.1));
    }

    @Test
    void percentileMillis_nothingMeasured_isNoFigure() {
        assertThat(new Latencies().percentileMillis(50)).isNull();
    }
}
