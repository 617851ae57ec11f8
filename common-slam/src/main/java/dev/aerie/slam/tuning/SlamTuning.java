package dev.aerie.slam.tuning;

/// All thresholds of a monocular SLAM engine.
///
/// - `features`: corners looked for in a frame
/// - `seed`: of all that is drawn at random: the descriptors' pattern
public record SlamTuning(
        int features,
        long seed,
        InitializationConfig initialization,
        TrackingConfig tracking,
        KeyframeConfig keyframes,
        RelocalizationConfig relocalization,
        MappingConfig mapping,
        CullingConfig culling,
        LoopConfig loops) {

    public static final long DEFAULT_SEED = 0x0a3e_1d0fL;

    public static final SlamTuning DEFAULT = new SlamTuning(
            1200,
            DEFAULT_SEED,
            InitializationConfig.DEFAULT,
            TrackingConfig.DEFAULT,
            KeyframeConfig.DEFAULT,
            RelocalizationConfig.DEFAULT,
            MappingConfig.DEFAULT,
            CullingConfig.DEFAULT,
            LoopConfig.DEFAULT);

    public SlamTuning {
        Bounds.positive("features", features);
    }

    /// The same thresholds with other random choices.
    public SlamTuning withSeed(long otherSeed) {
        return new SlamTuning(
                features, otherSeed, initialization, tracking, keyframes, relocalization, mapping, culling, loops);
    }
}
