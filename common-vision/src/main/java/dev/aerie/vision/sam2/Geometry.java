package dev.aerie.vision.sam2;

/// Sizes fixed by a model and its resolution.
///
/// - `sidePixels`: of the square input image, R below
/// - `memoryTokens`: vectors of 64 in the memory of one object in one frame: (R / 16)² for SAM 2.1, 512 for EdgeTAM
record Geometry(int sidePixels, int memoryTokens) {

    static final int FEATURE_CHANNELS = 256;
    static final int MEMORY_CHANNELS = 64;
    static final int POINTER_CHANNELS = 256;
    private static final int FEATURE_STRIDE = 16;
    private static final int MASK_STRIDE = 4;

    Geometry {
        if (sidePixels <= 0 || sidePixels % FEATURE_STRIDE != 0) {
            throw new IllegalArgumentException("sidePixels must be a multiple of 16, was " + sidePixels);
        }
    }

    /// Width and height of the features: R / 16.
    int featureSide() {
        return sidePixels / FEATURE_STRIDE;
    }

    /// Width and height of a mask as the model gives it: R / 4.
    int maskSide() {
        return sidePixels / MASK_STRIDE;
    }

    int maskElements() {
        return maskSide() * maskSide();
    }

    int featureElements() {
        return FEATURE_CHANNELS * featureSide() * featureSide();
    }

    /// Floats of the memory of one object in one frame.
    int memoryElements() {
        return memoryTokens * MEMORY_CHANNELS;
    }
}
