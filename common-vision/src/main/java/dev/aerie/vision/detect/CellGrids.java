package dev.aerie.vision.detect;

import dev.aerie.video.FrameSize;
import java.util.List;

/// The three grids over a network's input, of 8, 16 and 32 input pixels per cell, in which YOLO's families and NanoDet
/// find objects.
final class CellGrids {

    static final List<Integer> STRIDES_PIXELS = List.of(8, 16, 32);

    /// Of which an input's sides are multiples.
    static final int MAX_STRIDE_PIXELS = 32;

    private CellGrids() {}

    /// How many cells the three have together.
    static int cells(FrameSize input) {
        return STRIDES_PIXELS.stream()
                .mapToInt(stride -> (input.widthPixels() / stride) * (input.heightPixels() / stride))
                .sum();
    }
}
