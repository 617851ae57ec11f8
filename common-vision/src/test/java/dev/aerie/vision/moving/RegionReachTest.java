package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RegionReachTest {

    @Test
    void of_twoRegions_eachReachesHalfItsSideAndNotBeyondTheMiddle() {
        var cells = new Cells().fill(40, 40, 20, 20, 0.9f).fill(66, 40, 20, 20, 0.9f);
        int[] reach = reach(cells);
        int left = reach[Cells.at(50, 50)];
        int right = reach[Cells.at(70, 50)];

        assertThat(left).isNotEqualTo(right).isNotZero();
        assertThat(reach[Cells.at(31, 50)]).isEqualTo(left);
        assertThat(reach[Cells.at(28, 50)]).isZero();
        assertThat(reach[Cells.at(61, 50)]).isEqualTo(left);
        assertThat(reach[Cells.at(64, 50)]).isEqualTo(right);
    }

    @Test
    void of_nothing_isNowhere() {
        assertThat(reach(new Cells())).containsOnly(0);
    }

    private static int[] reach(Cells cells) {
        try (var regions = new MovingRegions(0.5, 0.8, 12);
                var reaches = new RegionReach()) {
            return reaches.of(regions.find(cells.probability()));
        }
    }
}
