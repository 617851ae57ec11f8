package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DurationHistogramTest {

    @Test
    void percentile_uniform_isWithinNinePercent() {
        var histogram = new DurationHistogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.add(i * 1_000_000L);
        }

        assertThat(histogram.mean()).isEqualTo(Duration.ofNanos(500_500_000));
        assertThat(histogram.percentile(0.95)).isBetween(Duration.ofMillis(950), Duration.ofMillis(1036));
    }

    @Test
    void percentile_longAgo_fades() {
        var histogram = new DurationHistogram();
        for (int i = 0; i < 100_000; i++) {
            histogram.add(i < 50_000 ? 1_000_000_000L : 1_000_000L);
        }

        assertThat(histogram.percentile(0.95)).isLessThan(Duration.ofMillis(2));
    }

    @Test
    void percentile_extremes_areCounted() {
        var histogram = new DurationHistogram();
        histogram.add(0);
        histogram.add(-5);
        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.percentile(1)).isGreaterThan(Duration.ofSeconds(30));
    }
}
