package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentileMillis_oneToTwoThousandInAnyOrder_takesTheNearestRank() {
        var latencies = new Latencies();
        for (int i = 0; i < 2000; i++) {
            latencies.add((i * 7919L % 2000 + 1) * 1_000_000);
        }

        assertThat(latencies.percentileMillis(50)).isEqualTo(1000.0);
        assertThat(latencies.percentileMillis(99)).isEqualTo(1980.0);
        assertThat(latencies.percentileMillis(100)).isEqualTo(2000.0);
    }

    @Test
    void percentileMillis_nothingMeasured_isNoFigure() {
        assertThat(new Latencies().percentileMillis(50)).isNull();
    }
}
