package dev.aerie.vision.detect;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.onnx.TensorShape;
import java.util.Optional;

/// The input of a detector that takes frames: N × 3 × height × width.
///
/// - `takesBatches`: whether N is open
/// - `sidePixels`: height and width; negative where they are open
record FrameInput(String name, boolean takesBatches, int sidePixels) {

    /// The size that every frame is resized to; empty where the model takes any whose sides are multiples of 32.
    Optional<FrameSize> size() {
        return sidePixels < 0 ? Optional.empty() : Optional.of(new FrameSize(sidePixels, sidePixels));
    }

    /// The input size for frames of size `frame`: where any will do, `longSidePixels` long and no higher than the frame
    /// needs.
    FrameSize sizeFor(FrameSize frame, int longSidePixels) {
        return size().orElseGet(() -> {
            double scale = (double) longSidePixels / Math.max(frame.widthPixels(), frame.heightPixels());
            return new FrameSize(side(frame.widthPixels() * scale), side(frame.heightPixels() * scale));
        });
    }

    /// The next multiple of 32.
    private static int side(double pixels) {
        return (int) Math.ceil(Math.max(1, Math.round(pixels)) / (double) CellGrids.MAX_STRIDE_PIXELS)
                * CellGrids.MAX_STRIDE_PIXELS;
    }

    static TensorShape shape(int frames, FrameSize size) {
        return TensorShape.of(frames, 3, size.heightPixels(), size.widthPixels());
    }
}
