package dev.aerie.vision.sam2;

/// Thresholds of automatic segmentation; [#DEFAULT] is SAM 2's.
///
/// - `pointsPerSide`: of the grid of prompts
/// - `minPredictedIou`: 0..1, exclusive
/// - `minStability`: intersection over union of the masks drawn `stabilityOffset` above and below the threshold, 0..1
/// - `maxBoxOverlap`: intersection over union of boxes above which the worse of two masks is dropped, 0..1
public record MaskGeneratorConfig(
        int pointsPerSide, double minPredictedIou, double minStability, float stabilityOffset, double maxBoxOverlap) {

    public static final MaskGeneratorConfig DEFAULT = new MaskGeneratorConfig(32, 0.8, 0.95, 1, 0.7);

    private static final int MAX_POINTS_PER_SIDE = 128;

    public MaskGeneratorConfig {
        if (pointsPerSide < 1 || pointsPerSide > MAX_POINTS_PER_SIDE) {
            throw new IllegalArgumentException(
                    "pointsPerSide must be 1.." + MAX_POINTS_PER_SIDE + ", was " + pointsPerSide);
        }
    }

    /// [#DEFAULT] with a grid of another size.
    public static MaskGeneratorConfig withPointsPerSide(int pointsPerSide) {
        return new MaskGeneratorConfig(
                pointsPerSide,
                DEFAULT.minPredictedIou,
                DEFAULT.minStability,
                DEFAULT.stabilityOffset,
                DEFAULT.maxBoxOverlap);
    }
}
