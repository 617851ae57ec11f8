package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PtzLatencyTest {

    @Test
    void quantile_inTheMiddleOfABucket_isInterpolated() {
        var counts = new TreeMap<>(Map.of(0.05, 50.0, 0.1, 90.0, 0.2, 100.0, Double.POSITIVE_INFINITY, 100.0));

        assertThat(PtzLatency.quantile(counts, 0.95)).isEqualTo(0.15, within(1e-9));
        assertThat(PtzLatency.quantile(counts, 0.5)).isEqualTo(0.05, within(1e-9));
        assertThat(PtzLatency.quantile(counts, 0.25)).isEqualTo(0.025, within(1e-9));
    }

    @Test
    void quantile_beyondTheLastBound_isInfinite() {
        var counts = new TreeMap<>(Map.of(0.05, 50.0, Double.POSITIVE_INFINITY, 100.0));

        assertThat(PtzLatency.quantile(counts, 0.95)).isInfinite();
    }
}
