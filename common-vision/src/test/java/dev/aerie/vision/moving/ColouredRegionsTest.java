package dev.aerie.vision.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A red thing before green, 20 x 20 cells: where motion is unsure, colours tell.
final class ColouredRegionsTest {

    private static final FrameSize SIZE = new FrameSize(CellGrid.WIDTH, CellGrid.HEIGHT);
    private static final int[] GREEN = {60, 160, 60};
    private static final int[] RED = {40, 40, 200};
    private static final Box THING = new Box(80, 40, 20, 20);

    @Test
    void detect_motionShowsMostOfIt_colourShowsTheRest() {
        assertThat(seen(30, new Cells().fill(80, 40, 20, 14, 0.9f).fill(80, 54, 20, 6, 0.3f)))
                .singleElement()
                .satisfies(one -> assertThat(one.box()).isEqualTo(THING));
    }

    @Test
    void detect_motionSpillsOverItsEdge_colourCutsItOff() {
        var cells = new Cells().fill(75, 35, 30, 30, 0.5f).fill(83, 43, 14, 14, 0.9f);

        assertThat(seen(30, cells))
                .singleElement()
                .satisfies(one -> assertThat(one.box()).isEqualTo(THING));
    }

    @Test
    void detect_firstFrameNothingSurelyStill_isAsMotionHasIt() {
        var cells = new Cells();
        cells.fill(0, 0, CellGrid.WIDTH, CellGrid.HEIGHT, 0.2f);
        cells.fill(80, 40, 20, 10, 0.9f);

        assertThat(seen(1, cells)).extracting(Detection::box).containsExactly(new Box(80, 40, 20, 10));
    }

    @Test
    void clear_colours_areForgotten() {
        try (var regions = new ColouredRegions(0.35, 12)) {
            see(regions, 30, new Cells().fill(80, 40, 20, 20, 0.9f));
            regions.clear();
            var unsure = new Cells();
            unsure.fill(0, 0, CellGrid.WIDTH, CellGrid.HEIGHT, 0.2f).fill(80, 40, 20, 10, 0.9f);

            assertThat(see(regions, 1, unsure)).extracting(Detection::box).containsExactly(new Box(80, 40, 20, 10));
        }
    }

    private static List<Detection> seen(int frames, Cells cells) {
        try (var regions = new ColouredRegions(0.35, 12)) {
            return see(regions, frames, cells);
        }
    }

    /// What is detected in the last of so many same frames.
    private static List<Detection> see(ColouredRegions regions, int frames, Cells cells) {
        try (var moving = new MovingRegions(0.35, 0.6, 12);
                var picture = Cells.picture(GREEN, 80, 40, 20, 20, RED)) {
            List<Detection> found = List.of();
            for (int i = 0; i < frames; i++) {
                found = regions.detect(moving.find(cells.probability()), cells.probability(), picture, SIZE);
            }
            return found;
        }
    }
}
