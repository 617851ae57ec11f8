package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.Tensor;

/// What the image encoder sees in one picture: room for one, filled anew by each. Owns it until [#close].
///
/// - `quarter`: 1 × 32 × R/4 × R/4, the finest
/// - `eighth`: 1 × 64 × R/8 × R/8
/// - `coarse`: 1 × 256 × R/16 × R/16
/// - `unremembering`: `coarse` and the embedding that says that nothing is remembered
record FrameFeatures(Geometry geometry, Room quarter, Room eighth, Room coarse, Room unremembering)
        implements AutoCloseable {

    private static final int QUARTER_CHANNELS = 32;
    private static final int EIGHTH_CHANNELS = 64;

    static FrameFeatures allocate(Geometry geometry) {
        int side = geometry.featureSide();
        return new FrameFeatures(
                geometry,
                Room.ofFloats(QUARTER_CHANNELS, 4 * side, 4 * side),
                Room.ofFloats(EIGHTH_CHANNELS, 2 * side, 2 * side),
                Room.ofFloats(Geometry.FEATURE_CHANNELS, side, side),
                Room.ofFloats(Geometry.FEATURE_CHANNELS, side, side));
    }

    Tensor quarter(Views views) {
        int side = 4 * geometry.featureSide();
        return views.of(quarter, 1, QUARTER_CHANNELS, side, side);
    }

    Tensor eighth(Views views) {
        int side = 2 * geometry.featureSide();
        return views.of(eighth, 1, EIGHTH_CHANNELS, side, side);
    }

    Tensor coarse(Views views) {
        return coarse(views, coarse);
    }

    Tensor unremembering(Views views) {
        return coarse(views, unremembering);
    }

    @Override
    public void close() {
        quarter.close();
        eighth.close();
        coarse.close();
        unremembering.close();
    }

    private Tensor coarse(Views views, Room room) {
        return views.of(room, 1, Geometry.FEATURE_CHANNELS, geometry.featureSide(), geometry.featureSide());
    }
}
