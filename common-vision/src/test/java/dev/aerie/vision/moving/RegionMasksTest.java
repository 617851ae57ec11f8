package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegionMasksTest {

    private static final FrameSize FOUR_TIMES = new FrameSize(4 * CellGrid.WIDTH, 4 * CellGrid.HEIGHT);

    private final float[] evidence = new float[CellGrid.CELLS];
    private final int[] reach = new int[CellGrid.CELLS];

    @BeforeEach
    void nothing() {
        Arrays.fill(evidence, -3);
    }

    @Test
    void of_region_hasItsCellsInPixelsOfTheFrame() {
        region(1, 10, 20, 8, 5, 2);

        assertThat(found()).singleElement().satisfies(one -> {
            assertThat(one.box()).isEqualTo(new Box(40, 80, 32, 20));
            assertThat(one.score()).isBetween(0.88, 0.89);
            assertThat(maskBox(one).overlapWith(new Box(40, 80, 32, 20))).isGreaterThan(0.8);
        });
    }

    @Test
    void of_cellsOutOfReachOrAgainstIt_areNotTheRegions() {
        region(1, 10, 20, 8, 5, 2);
        region(1, 18, 20, 4, 5, -0.1f);
        region(0, 22, 20, 8, 5, 2);

        assertThat(found()).extracting(Detection::box).containsExactly(new Box(40, 80, 32, 20));
    }

    @Test
    void of_speckBesideIt_isNotTheRegions() {
        region(1, 10, 20, 8, 5, 2);
        region(1, 30, 20, 3, 3, 2);

        assertThat(found()).extracting(Detection::box).containsExactly(new Box(40, 80, 32, 20));
    }

    @Test
    void of_regionCutInTwo_hasBothPieces() {
        region(1, 10, 20, 8, 5, 2);
        region(1, 20, 20, 8, 4, 2);

        assertThat(found()).extracting(Detection::box).containsExactly(new Box(40, 80, 72, 20));
    }

    @Test
    void of_cornerShape_hasTheMaskOfItsOwnCellsNotTheWholeBox() {
        region(1, 60, 20, 4, 5, 2);
        region(1, 60, 25, 12, 2, 2);

        assertThat(found().getFirst().mask().orElseThrow().toFrame(FOUR_TIMES).areaPixels())
                .isBetween(16L * 40, 16L * 52);
    }

    @Test
    void of_unsureRegion_isNone() {
        region(1, 10, 20, 8, 5, 1);

        assertThat(found()).isEmpty();
    }

    @Test
    void of_twoThatTouch_haveTheirOwnMasksSurerFirst() {
        region(1, 10, 20, 8, 5, 1.5f);
        region(2, 18, 20, 8, 5, 2.5f);

        assertThat(found())
                .extracting(Detection::box)
                .containsExactly(new Box(72, 80, 32, 20), new Box(40, 80, 32, 20));
        assertThat(maskBox(found().getLast()).overlapWith(new Box(40, 80, 32, 20)))
                .isGreaterThan(0.8);
    }

    private static Box maskBox(Detection one) {
        return one.mask().orElseThrow().toFrame(FOUR_TIMES).box();
    }

    private List<Detection> found() {
        return new RegionMasks(12).of(evidence, reach, FOUR_TIMES);
    }

    private void region(int region, int column, int row, int columns, int rows, float nats) {
        for (int y = row; y < row + rows; y++) {
            for (int x = column; x < column + columns; x++) {
                evidence[Cells.at(x, y)] = nats;
                reach[Cells.at(x, y)] = region;
            }
        }
    }
}
