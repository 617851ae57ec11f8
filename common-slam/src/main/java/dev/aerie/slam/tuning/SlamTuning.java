package dev.aerie.slam.tuning;

/// All thresholds of a monocular SLAM engine.
///
/// - `features`: corners looked for in a frame of 640×480 or less; see [#featuresIn]
/// - `seed`: of all that is drawn at random: the descriptors' pattern
public record SlamTuning(
        int features,
        long seed,
        InitializationConfig initialization,
        TwoViewConfig twoViews,
        MatchingConfig matching,
        TrackingConfig tracking,
        KeyframeConfig keyframes,
        RelocalizationConfig relocalization,
        MappingConfig mapping,
        CullingConfig culling,
        PlaceConfig places,
        LoopConfig loops) {

    public static final long DEFAULT_SEED = 0x0a3e_1d0fL;

    private static final double BASE_PIXELS = 640 * 480;

    /// More corners than this cost more than they tell.
    private static final double MAX_GROWTH = 5.0 / 3;

    public static final SlamTuning DEFAULT = new SlamTuning(
            1200,
            DEFAULT_SEED,
            InitializationConfig.DEFAULT,
            TwoViewConfig.DEFAULT,
            MatchingConfig.DEFAULT,
            TrackingConfig.DEFAULT,
            KeyframeConfig.DEFAULT,
            RelocalizationConfig.DEFAULT,
            MappingConfig.DEFAULT,
            CullingConfig.DEFAULT,
            PlaceConfig.DEFAULT,
            LoopConfig.DEFAULT);

    public SlamTuning {
        Bounds.positive("features", features);
    }

    /// Corners looked for in a frame: larger frames get more, in proportion to their area, up to 5/3 as many.
    public int featuresIn(int widthPixels, int heightPixels) {
        double growth = (double) widthPixels * heightPixels / BASE_PIXELS;
        return (int) Math.round(features * Math.clamp(growth, 1, MAX_GROWTH));
    }

    /// The same thresholds with other random choices.
    public SlamTuning withSeed(long otherSeed) {
        return new SlamTuning(
                features,
                otherSeed,
                initialization,
                twoViews,
                matching,
                tracking,
                keyframes,
                relocalization,
                mapping,
                culling,
                places,
                loops);
    }

    /// The same thresholds, but no place that is seen again is recognized within a submap.
    public SlamTuning withoutLoops() {
        return new SlamTuning(
                features,
                seed,
                initialization,
                twoViews,
                matching,
                tracking,
                keyframes,
                relocalization,
                mapping,
                culling,
                places,
                loops.never());
    }
}
