package dev.aerie.slam.tuning;

/// When two features count as the same, and where a landmark is looked for.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), sections V.B and V.D. Lengths in pixels are those of
/// pyramid level 0; they do not scale with the focal length. A ratio is the nearest descriptor's distance over that of
/// the second nearest: a match must stay below it.
///
/// - `maxGuidedBits`: of 256 in which descriptors may differ where a pose says where to look; after ORB-SLAM
/// - `maxBits`: the same where geometry says little, and for fusing landmarks
/// - `maxWideBaselineBits`: the same for frames that may show a place from elsewhere
/// - `windowRatio`: for two frames taken shortly after each other, within a window
/// - `narrowBaselineRatio`: for a frame and the keyframe that it was tracked on
/// - `wideBaselineRatio`: for a loop and for relocalization
/// - `epipolarRatio`: for two keyframes, along an epipolar line
/// - `projectionRatio`: for landmarks near their projections, if both features are of one pyramid level; after ORB-SLAM
/// - `minFromEpipolePixels`: distance of a feature from the epipole, where every epipolar line passes
/// - `minViewCosine`: cosine of the angle (60°) between the direction to a landmark and the mean of those it was seen
///   from; after ORB-SLAM
/// - `distanceMarginFactor`: by which a landmark's distance may leave the range that its pyramid levels give; after
///   ORB-SLAM
/// - `frameMarginPixels`: how far outside the frame a landmark may project
/// - `straightViewCosine`: from which [#straightRadiusPixels] holds; after ORB-SLAM
/// - `straightRadiusPixels`: search radius of a landmark seen straight from where it was seen before; after ORB-SLAM
/// - `obliqueRadiusPixels`: of any other; after ORB-SLAM
/// - `rotationBins`: of the histogram over the rotations of matched features; after ORB-SLAM
/// - `keptRotationBins`: fullest bins whose matches are kept; after ORB-SLAM
/// - `minRotationBinFraction`: matches of a kept bin, as a fraction of the fullest bin's; after ORB-SLAM
public record MatchingConfig(
        int maxGuidedBits,
        int maxBits,
        int maxWideBaselineBits,
        double windowRatio,
        double narrowBaselineRatio,
        double wideBaselineRatio,
        double epipolarRatio,
        double projectionRatio,
        double minFromEpipolePixels,
        double minViewCosine,
        double distanceMarginFactor,
        double frameMarginPixels,
        double straightViewCosine,
        double straightRadiusPixels,
        double obliqueRadiusPixels,
        int rotationBins,
        int keptRotationBins,
        double minRotationBinFraction) {

    public static final MatchingConfig DEFAULT =
            new MatchingConfig(100, 55, 65, 0.9, 0.8, 0.85, 0.8, 0.8, 10, 0.5, 1.2, 4, 0.998, 2.5, 4, 30, 3, 0.1);

    public MatchingConfig {
        Bounds.positive("maxGuidedBits", maxGuidedBits);
        Bounds.positive("maxBits", maxBits);
        Bounds.positive("maxWideBaselineBits", maxWideBaselineBits);
        Bounds.fraction("windowRatio", windowRatio);
        Bounds.fraction("narrowBaselineRatio", narrowBaselineRatio);
        Bounds.fraction("wideBaselineRatio", wideBaselineRatio);
        Bounds.fraction("epipolarRatio", epipolarRatio);
        Bounds.fraction("projectionRatio", projectionRatio);
        Bounds.notNegative("minFromEpipolePixels", minFromEpipolePixels);
        Bounds.fraction("minViewCosine", minViewCosine);
        Bounds.atLeast("distanceMarginFactor", distanceMarginFactor, 1);
        Bounds.notNegative("frameMarginPixels", frameMarginPixels);
        Bounds.fraction("straightViewCosine", straightViewCosine);
        Bounds.positive("straightRadiusPixels", straightRadiusPixels);
        Bounds.positive("obliqueRadiusPixels", obliqueRadiusPixels);
        Bounds.positive("keptRotationBins", keptRotationBins);
        Bounds.atLeast("rotationBins", rotationBins, keptRotationBins);
        Bounds.fraction("minRotationBinFraction", minRotationBinFraction);
    }
}
