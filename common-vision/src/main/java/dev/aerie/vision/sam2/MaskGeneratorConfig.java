package dev.aerie.vision.sam2;

/// How a whole frame is divided into masks; SAM 2's own defaults are [#DEFAULT].
///
/// - `pointsPerSide`: of the grid whose points are asked for what they lie on
/// - `minOverlap`: that a mask is foretold to have with the true one, 0..1, exclusive
/// - `minStability`: intersection over union of the masks drawn `stabilityOffset` above and below the threshold, 0..1
/// - `maxBoxOverlap`: intersection over union of boxes above which the worse of two masks is left out, 0..1
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

    /// As usual, with a grid of another size.
    public static MaskGeneratorConfig withPointsPerSide(int pointsPerSide) {
        return new MaskGeneratorConfig(
                pointsPerSide,
                DEFAULT.minPredictedIou,
                DEFAULT.minStability,
                DEFAULT.stabilityOffset,
                DEFAULT.maxBoxOverlap);
    }
}
