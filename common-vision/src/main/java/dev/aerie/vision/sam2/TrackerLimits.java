package dev.aerie.vision.sam2;

/// Memory limits of one stream's tracker.
///
/// - `maxConditioning`: prompted frames that an object attends to, the latest ones
/// - `batchBytes`: approximate memory of one run of the memory attention; more objects run in further batches
public record TrackerLimits(int maxConditioning, long batchBytes) {

    /// 4 prompted frames, half a gibibyte.
    public static final TrackerLimits DEFAULT = new TrackerLimits(4, 1L << 29);

    /// Channels of the widest layer, which holds that many numbers for each query.
    private static final int WIDEST = 2048;

    /// Copies of the widest layer, and of the keys, that a run holds at a time; measured. The matrix of queries ×
    /// keys is never held.
    private static final int LAYER_COPIES = 2;

    private static final int KEY_COPIES = 5;

    private static final int TOKENS_PER_POINTER = Geometry.POINTER_CHANNELS / Geometry.MEMORY_CHANNELS;

    public TrackerLimits {
        if (maxConditioning < 1 || batchBytes < 0) {
            throw new IllegalArgumentException("a tracker keeps at least 1 prompted frame and no negative memory, was "
                    + maxConditioning + " and " + batchBytes + " bytes");
        }
    }

    /// Objects per batch, at least 1.
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
