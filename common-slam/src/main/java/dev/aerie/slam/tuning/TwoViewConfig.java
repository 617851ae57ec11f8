package dev.aerie.slam.tuning;

/// How a motion is fitted to the matches of two frames, before [InitializationConfig] decides about it.
///
/// Lengths in pixels are those of the frame; they do not scale with the focal length.
///
/// - `ransacRounds`: of the essential matrix and of the homography, at most
/// - `ransacConfidence`: that a sample without outliers was drawn
/// - `essentialOutlierPixels`: distance from the epipolar line from which RANSAC takes a match for an outlier
/// - `homographyOutlierPixels`: transfer error from which it does
/// - `rotationRounds`: in which a rotation on the spot is fitted to the matches that the one before explains best
/// - `rotationOutlierPixels`: error from which the rotation does not explain a match
/// - `rotationTrimMedians`: error, in medians of all, from which a match is left out of the next round
public record TwoViewConfig(
        int ransacRounds,
        double ransacConfidence,
        double essentialOutlierPixels,
        double homographyOutlierPixels,
        int rotationRounds,
        double rotationOutlierPixels,
        double rotationTrimMedians) {

    public static final TwoViewConfig DEFAULT = new TwoViewConfig(500, 0.999, 1, 2.5, 6, 3, 1.5);

    public TwoViewConfig {
        Bounds.positive("ransacRounds", ransacRounds);
        Bounds.fraction("ransacConfidence", ransacConfidence);
        Bounds.positive("essentialOutlierPixels", essentialOutlierPixels);
        Bounds.positive("homographyOutlierPixels", homographyOutlierPixels);
        Bounds.positive("rotationRounds", rotationRounds);
        Bounds.positive("rotationOutlierPixels", rotationOutlierPixels);
        Bounds.positive("rotationTrimMedians", rotationTrimMedians);
    }
}
