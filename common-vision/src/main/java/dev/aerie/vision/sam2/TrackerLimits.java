package dev.aerie.vision.sam2;

/// How much one stream's tracker may take.
///
/// - `maxConditioning`: prompted frames that an object is compared with, the latest ones
/// - `batchBytes`: of memory that one run of the memory attention may need, roughly; objects beyond are worked on after
///   one another
public record TrackerLimits(int maxConditioning, long batchBytes) {

    /// 4 prompted frames, half a gibibyte.
    public static final TrackerLimits DEFAULT = new TrackerLimits(4, 1L << 29);

    /// Channels of the widest layer, which holds that many numbers for each query.
    private static final int WIDEST = 2048;

    /// Copies of the widest layer, and of the keys, that a run holds at a time; measured. The matrix of queries × keys
    /// is never held.
    private static final int LAYER_COPIES = 2;

    private static final int KEY_COPIES = 5;

    private static final int TOKENS_PER_POINTER = Geometry.POINTER_CHANNELS / Geometry.MEMORY_CHANNELS;

    public TrackerLimits {
        if (maxConditioning < 1 || batchBytes < 0) {
            throw new IllegalArgumentException(
                    "a tracker keeps at least 1 prompted frame and no negative memory, was told " + maxConditioning
                            + " and " + batchBytes + " bytes");
        }
    }

    /// How many objects are worked on at a time, at least 1.
    int objectsPerBatch(Geometry geometry, int maxObjects) {
        long queries = (long) geometry.featureSide() * geometry.featureSide();
        long memories = (long) maxConditioning + ObjectMemory.RECENT_MEMORIES;
        long pointers = (long) maxConditioning + ObjectMemory.RECENT_POINTERS;
        long keys = memories * geometry.memoryTokens() + pointers * TOKENS_PER_POINTER;
        long bytesPerObject =
                Float.BYTES * (LAYER_COPIES * queries * WIDEST + KEY_COPIES * keys * Geometry.FEATURE_CHANNELS);
        return Math.clamp(batchBytes / bytesPerObject, 1, maxObjects);
    }
}
