package dev.aerie.slam.tuning;

/// All thresholds of a monocular SLAM engine.
///
/// - `features`: corners looked for in a frame
public record SlamTuning(
        int features,
        InitializationConfig initialization,
        TrackingConfig tracking,
        KeyframeConfig keyframes,
        RelocalizationConfig relocalization,
        MappingConfig mapping,
        CullingConfig culling,
        LoopConfig loops) {

    public static final SlamTuning DEFAULT = new SlamTuning(
            1200,
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
}
