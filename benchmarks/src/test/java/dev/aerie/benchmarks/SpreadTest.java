package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void of_aHundredFigures_hasTheNinetyFifthAsP95() {
        var figures =
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList();
        assertThat(Spread.of(figures)).isEqualTo(new Spread(50.5, 50, 95, 100, 1));
    }

    @Test
    void of_one_isThatOne() {
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7, 7, 7));
    }

    @Test
    void of_none_isZero() {
        assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, 0, 0, 0, 0));
    }
}
