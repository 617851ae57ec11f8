package dev.aerie.benchmarks.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoffSeriesTest {

    private static final int SEEDS = 10;

    /// Reaches that overlap in the near lanes and leave a gap in the far ones.
    @ParameterizedTest
    @CsvSource({"24, false", "24, true"})
    void score_tenWalkersOverTenSeeds_nineOfTenHandoffsAreRight(double reachMetres, boolean hasAppearance) {
        var series = new HandoffSeries(reachMetres, hasAppearance);
        var sum = new HandoffSeries.Score(0, 0, 0, 0);
        for (long seed = 1; seed <= SEEDS; seed++) {
            sum = sum.plus(series.score(seed));
        }

        assertThat(sum.total()).isEqualTo(100);
        assertThat(sum.right()).as(sum.toString()).isGreaterThanOrEqualTo(90);
        assertThat(sum.kept()).as(sum.toString()).isGreaterThanOrEqualTo(90);
    }
}
