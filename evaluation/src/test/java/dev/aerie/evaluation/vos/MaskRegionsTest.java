package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import org.junit.jupiter.api.Test;

final class MaskRegionsTest {

    private static final FrameSize SIZE = new FrameSize(20, 10);

    @Test
    void of_twoBlocks_areTwoBoxesInPixelsOfTheFrame() {
        var mask = BinaryMask.of(SIZE, (x, y) -> (x >= 2 && x < 5 && y >= 1 && y < 3) || (x >= 12 && y >= 6));
        assertThat(MaskRegions.of(mask))
                .containsExactlyInAnyOrder(
                        new MaskRegions.Region(new Box(2, 1, 3, 2), 6),
                        new MaskRegions.Region(new Box(12, 6, 8, 4), 32));
    }

    @Test
    void of_empty_isNone() {
        assertThat(MaskRegions.of(BinaryMask.empty(SIZE))).isEmpty();
    }
}
