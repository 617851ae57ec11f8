package dev.aerie.host;

import static org.assertj.core.api.Assertions.assertThat;

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
}
