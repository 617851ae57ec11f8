package dev.aerie.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceApiTest {

    @Test
    void sums_severalLabels_areAddedByName() {
        var sums = ServiceApi.sums("""
                # HELP frames_total how many
                # TYPE frames_total counter
                frames_total{stream="a b",kind="{x}"} 3.0
                frames_total{stream="c"} 4.0
                frames_total_seconds 1.5E-3
                offset_seconds NaN
                """);

        assertThat(sums).containsEntry("frames_total", 7.0).containsEntry("frames_total_seconds", 0.0015);
        assertThat(sums).containsEntry("offset_seconds", Double.NaN);
    }

    @Test
    void buckets_ofTwoCameras_areSummed() {
        var buckets = ServiceApi.buckets("""
                late_seconds_bucket{camera="a",le="0.1"} 3.0
                late_seconds_bucket{camera="a",le="+Inf"} 4.0
                late_seconds_bucket{camera="b",le="0.1"} 5.0
                late_seconds_bucket{camera="b",le="+Inf"} 5.0
                late_seconds_count{camera="b"} 5.0
                """, "late_seconds");

        assertThat(buckets).containsExactly(Map.entry(0.1, 8.0), Map.entry(Double.POSITIVE_INFINITY, 9.0));
    }
}
