package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MovingRegionsTest {

    private static final FrameSize FOUR_TIMES = new FrameSize(4 * CellGrid.WIDTH, 4 * CellGrid.HEIGHT);

    private final FloatBuffer probability = FloatBuffer.allocate(CellGrid.CELLS);

    @Test
    void find_regionWithOneSureCell_isWholeAndInPixelsOfTheFrame() {
        fill(10, 20, 8, 5, 0.6f);
        fill(12, 22, 1, 1, 0.9f);

        assertThat(found()).singleElement().satisfies(one -> {
            assertThat(one.box()).isEqualTo(new Box(40, 80, 32, 20));
            assertThat(one.score()).isBetween(0.6, 0.62);
        });
    }

    @Test
    void find_two_eachHasTheMaskOfItsOwnCells() {
        fill(10, 20, 8, 5, 0.9f);
        fill(60, 20, 4, 5, 0.9f);
        fill(60, 25, 12, 2, 0.85f);

        var boxes = found().stream()
                .map(one -> one.mask().orElseThrow().toFrame(FOUR_TIMES).box())
                .toList();

        assertThat(boxes).hasSize(2);
        assertThat(boxes)
                .anySatisfy(box ->
                        assertThat(box.overlapWith(new Box(40, 80, 32, 20))).isGreaterThan(0.8));
        assertThat(boxes)
                .anySatisfy(box ->
                        assertThat(box.overlapWith(new Box(240, 80, 48, 28))).isGreaterThan(0.8));
        assertThat(found().getLast().mask().orElseThrow().toFrame(FOUR_TIMES).areaPixels())
                .as("not the whole box")
                .isBetween(16L * 40, 16L * 52);
    }

    @Test
    void find_regionWithoutASureCell_isNothing() {
        fill(10, 20, 8, 5, 0.79f);

        assertThat(found()).isEmpty();
    }

    @Test
    void find_fewSureCells_areNothing() {
        fill(10, 20, 3, 3, 1);

        assertThat(found()).isEmpty();
    }

    @Test
    void find_two_areReportedSurerFirst() {
        fill(10, 20, 8, 5, 0.85f);
        fill(60, 20, 8, 5, 0.95f);

        assertThat(found()).extracting(one -> one.box().leftPixels()).containsExactly(240.0, 40.0);
    }

    private List<Detection> found() {
        try (var regions = new MovingRegions(0.5, 0.8, 12)) {
            return regions.find(probability, FOUR_TIMES);
        }
    }

    private void fill(int column, int row, int columns, int rows, float value) {
        for (int y = row; y < row + rows; y++) {
            for (int x = column; x < column + columns; x++) {
                probability.put(y * CellGrid.WIDTH + x, value);
            }
        }
    }
}
