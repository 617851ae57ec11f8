package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.Tensor;
import java.nio.FloatBuffer;

/// The image encoder's features of one frame: memory for one frame, refilled by each. Owns it until [#close].
///
/// - `quarter`: 1 × 32 × R/4 × R/4, the finest
/// - `eighth`: 1 × 64 × R/8 × R/8
/// - `coarse`: 1 × 256 × R/16 × R/16
/// - `withoutMemory`: `coarse` plus the no-memory embedding
record ImageFeatures(
        Geometry geometry, TensorMemory quarter, TensorMemory eighth, TensorMemory coarse, TensorMemory withoutMemory)
        implements AutoCloseable {

    private static final int QUARTER_CHANNELS = 32;
    private static final int EIGHTH_CHANNELS = 64;

    /// - `isOnDevice`: whether they stay on the networks' device
    static ImageFeatures allocate(Geometry geometry, boolean isOnDevice) {
        int side = geometry.featureSide();
        return new ImageFeatures(
                geometry,
                TensorMemory.ofFloats(isOnDevice, QUARTER_CHANNELS, 4 * side, 4 * side),
                TensorMemory.ofFloats(isOnDevice, EIGHTH_CHANNELS, 2 * side, 2 * side),
                TensorMemory.ofFloats(isOnDevice, Geometry.FEATURE_CHANNELS, side, side),
                TensorMemory.ofFloats(isOnDevice, Geometry.FEATURE_CHANNELS, side, side));
    }

    Tensor quarter(TensorScope scope) {
        int side = 4 * geometry.featureSide();
        return scope.of(quarter, 1, QUARTER_CHANNELS, side, side);
    }

    Tensor eighth(TensorScope scope) {
        int side = 2 * geometry.featureSide();
        return scope.of(eighth, 1, EIGHTH_CHANNELS, side, side);
    }

    Tensor coarse(TensorScope scope) {
        return coarse(scope, coarse);
    }

    Tensor withoutMemory(TensorScope scope) {
        return coarse(scope, withoutMemory);
    }

    /// Copies `withoutMemory`; throws [IllegalStateException] where it is on a device.
    void copyWithoutMemory(FloatBuffer to) {
        if (!(withoutMemory instanceof TensorArena arena)) {
            throw new IllegalStateException("the features are on the device");
        }
        to.put(arena.floats());
    }

    @Override
    public void close() {
        quarter.close();
        eighth.close();
        coarse.close();
        withoutMemory.close();
    }

    private Tensor coarse(TensorScope scope, TensorMemory memory) {
        return scope.of(memory, 1, Geometry.FEATURE_CHANNELS, geometry.featureSide(), geometry.featureSide());
    }
}
