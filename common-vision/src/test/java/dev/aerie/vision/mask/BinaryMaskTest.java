package dev.aerie.vision.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryMaskTest {

    private static final FrameSize SIZE = new FrameSize(40, 30);

    @Test
    void of_box_isThatBox() {
        var mask = BinaryMask.of(SIZE, new Box(5, 6, 7, 8));
        assertThat(mask.box()).isEqualTo(new Box(5, 6, 7, 8));
        assertThat(mask.areaPixels()).isEqualTo(56);
        assertThat(mask.centre()).isEqualTo(new Point(8.5, 10));
        assertThat(mask.contains(4, 6)).isFalse();
        assertThat(mask.contains(5, 6)).isTrue();
        assertThat(mask.contains(11, 13)).isTrue();
        assertThat(mask.contains(12, 13)).isFalse();
    }

    @Test
    void of_boxBeyondTheFrame_isCutAtItsEdge() {
        var mask = BinaryMask.of(SIZE, new Box(-10, -10, 15, 100));
        assertThat(mask.box()).isEqualTo(new Box(0, 0, 5, 30));
        assertThat(BinaryMask.of(SIZE, new Box(100, 100, 5, 5)).isEmpty()).isTrue();
    }

    @Test
    void toMessage_anyPixels_comeBackTheSame() {
        var random = new Random(3);
        var mask = BinaryMask.of(SIZE, (x, y) -> x > 3 && y < 20 && random.nextInt(3) == 0);
        var back = BinaryMask.of(mask.toMessage());
        assertThat(back.overlapWith(mask)).isEqualTo(1);
        assertThat(back.box()).isEqualTo(mask.box());
        assertThat(mask.toMessage().areaPixels()).isEqualTo(mask.areaPixels());
    }

    @Test
    void overlapWith_halfShifted_isAThird() {
        var here = BinaryMask.of(SIZE, new Box(0, 0, 10, 10));
        var there = BinaryMask.of(SIZE, new Box(5, 0, 10, 10));
        assertThat(here.overlapWith(there)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(here.overlapWith(BinaryMask.empty(SIZE))).isZero();
        assertThat(here.fractionWithin(new Box(0, 0, 5, 30))).isEqualTo(0.5);
        assertThatThrownBy(() -> here.overlapWith(BinaryMask.empty(new FrameSize(41, 30))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unionWith_other_hasThePixelsOfBoth() {
        var here = BinaryMask.of(SIZE, new Box(2, 3, 4, 5));
        var there = BinaryMask.of(SIZE, new Box(20, 1, 3, 4));
        var united = here.unionWith(there);
        assertThat(united.box()).isEqualTo(new Box(2, 1, 21, 7));
        assertThat(united.areaPixels()).isEqualTo(32);
        assertThat(united.sharedPixels(here)).isEqualTo(20);
        assertThat(here.unionWith(here).areaPixels()).isEqualTo(20);
        assertThat(here.unionWith(BinaryMask.empty(SIZE)).box()).isEqualTo(here.box());
        assertThat(BinaryMask.empty(SIZE).unionWith(here).box()).isEqualTo(here.box());
        assertThatThrownBy(() -> here.unionWith(BinaryMask.empty(new FrameSize(41, 30))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toFrame_gridTwiceAsCoarse_drawsTheStepHalfway() {
        // -1 | +1 in cells of 2 pixels: between the cells' centres (pixels 0.5 and 2.5) the line crosses 0 at 1.5.
        var mask = new MaskLogits(2, 1, new float[] {-1, 1}).toFrame(new FrameSize(4, 2));
        assertThat(mask.box()).isEqualTo(new Box(2, 0, 2, 2));
    }

    @Test
    void toFrame_sameSize_keepsEveryPixel() {
        var random = new Random(5);
        var mask = BinaryMask.of(SIZE, (_, _) -> random.nextBoolean());
        assertThat(MaskLogits.of(mask, 8).toFrame(SIZE).overlapWith(mask)).isEqualTo(1);
    }

    @Test
    void toFrame_smallPiecesOnly_equalsDrawingEveryPixel() {
        var random = new Random(7);
        var logits = new float[12 * 9];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextInt(10) == 0 ? random.nextFloat() * 4 : -random.nextFloat();
        }
        var grid = new MaskLogits(12, 9, logits);
        var size = new FrameSize(61, 47);
        var wanted =
                BinaryMask.of(size, (x, y) -> bilinear(grid, (x + 0.5) * 12 / 61 - 0.5, (y + 0.5) * 9 / 47 - 0.5) > 0);
        assertThat(grid.toFrame(size).sharedPixels(wanted)).isEqualTo(wanted.areaPixels());
        assertThat(grid.toFrame(size).areaPixels()).isEqualTo(wanted.areaPixels());
    }

    @Test
    void polygon_rectangle_hasItsCorners() {
        var outline =
                MaskOutline.polygon(BinaryMask.of(SIZE, new Box(5, 6, 7, 8))).orElseThrow();
        assertThat(outline)
                .containsExactlyInAnyOrder(
                        new Point(5.5, 6.5), new Point(11.5, 6.5), new Point(11.5, 13.5), new Point(5.5, 13.5));
    }

    @Test
    void polygon_oneRow_isNone() {
        assertThat(MaskOutline.polygon(BinaryMask.of(SIZE, new Box(5, 6, 9, 1))))
                .isEmpty();
        assertThat(MaskOutline.polygon(BinaryMask.empty(SIZE))).isEmpty();
    }

    private static double bilinear(MaskLogits grid, double x, double y) {
        double column = Math.clamp(x, 0, grid.widthCells() - 1);
        double row = Math.clamp(y, 0, grid.heightCells() - 1);
        int left = (int) column;
        int top = (int) row;
        int right = Math.min(left + 1, grid.widthCells() - 1);
        int bottom = Math.min(top + 1, grid.heightCells() - 1);
        double upper = grid.at(left, top) * (1 - column + left) + grid.at(right, top) * (column - left);
        double lower = grid.at(left, bottom) * (1 - column + left) + grid.at(right, bottom) * (column - left);
        return upper * (1 - row + top) + lower * (row - top);
    }
}
