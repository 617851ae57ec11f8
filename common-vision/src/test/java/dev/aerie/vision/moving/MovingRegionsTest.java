package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MovingRegionsTest {

    private final Cells cells = new Cells();

    @Test
    void find_regionWithOneSureCell_isWhole() {
        cells.fill(10, 20, 8, 5, 0.6f);
        cells.fill(12, 22, 1, 1, 0.9f);

        var found = found();

        assertThat(found.isEmpty()).isFalse();
        assertThat(found.at(Cells.at(10, 20))).isEqualTo(1);
        assertThat(found.at(Cells.at(17, 24))).isEqualTo(1);
        assertThat(found.at(Cells.at(18, 24))).isZero();
        assertThat(found.cells(1)).isEqualTo(40);
    }

    @Test
    void find_regionWithoutASureCell_isNothing() {
        cells.fill(10, 20, 8, 5, 0.79f);

        assertThat(found().isEmpty()).isTrue();
    }

    @Test
    void find_fewSureCells_areNothing() {
        cells.fill(10, 20, 3, 3, 1);

        assertThat(found().isEmpty()).isTrue();
    }

    @Test
    void find_unsureOneBetweenTwo_isLeftOutOfTheNumbers() {
        cells.fill(10, 20, 8, 5, 0.85f);
        cells.fill(30, 20, 8, 5, 0.7f);
        cells.fill(60, 20, 8, 2, 0.95f);

        var found = found();

        assertThat(found.at(Cells.at(30, 20))).isZero();
        assertThat(found.cells(found.at(Cells.at(10, 20)))).isEqualTo(40);
        assertThat(found.cells(found.at(Cells.at(60, 20)))).isEqualTo(16);
    }

    private MovingRegions.Regions found() {
        try (var regions = new MovingRegions(0.5, 0.8, 12)) {
            return regions.find(cells.probability());
        }
    }
}
