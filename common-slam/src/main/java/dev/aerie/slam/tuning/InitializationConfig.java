package dev.aerie.slam.tuning;

/// When two frames make a map, and when the first seconds of tracking reject it.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section IV. Lengths in pixels are those of the frame;
/// they do not scale with the focal length.
///
/// - `minFeatures`: features that a frame must have
/// - `minPairs`: matched features below which the newer frame becomes the reference
/// - `maxEarlierFrames`: frames before the initialization that get their poses afterwards
/// - `searchWindowFraction`: half side of the square searched for a feature, as a fraction of the frame's width
/// - `maxRotationOnlyFraction`: a rotation on the spot must explain fewer of the matches than this
/// - `minMovedFraction`: of the matches that a rotation does not explain, the motion must explain at least this
/// - `minMovedFractionWithGyro`: the same where the motion must also agree with a gyroscope's rotation
/// - `homographyScoreFraction`: the homography is chosen where its part of both models' scores is larger; after
///   ORB-SLAM
/// - `maxReprojectionPixels`: error of a triangulated point in either frame
/// - `maxParallaxCosine`: cosine of the angle between two rays (0.36°) from which a point becomes a landmark
/// - `minParallaxDegrees`: parallax of the point at [#parallaxRank]; after ORB-SLAM
/// - `minParallaxPixels`: the same, times the focal length, where no gyroscope confirms the rotation: with less, two
///   motions can explain a scene that is nearly a plane
/// - `parallaxRank`: the point, counted from the largest parallax, whose parallax decides; after ORB-SLAM
/// - `minPoints`: landmarks that the two frames must give
/// - `minValidFraction`: of the model's inliers that lie in front of both cameras
/// - `maxRivalFraction`: points of the second-best motion, as a fraction of the best one's
/// - `gyroErrorDegrees`: rotation error of the two frames that does not grow
/// - `gyroDriftDegreesPerSecond`: of a gyroscope whose bias is unknown
/// - `gyroErrorFraction`: of the rotation, for a focal length that was only guessed
/// - `checkNanos`: how long a new submap is checked; 0 for not at all
/// - `checkWindowNanos`: over which the inlier ratio is averaged
/// - `minCheckedFrames`: in that window; at few frames a second a fast camera loses many matches on what stands
///   still, and the ratio tells nothing
/// - `minInlierRatio`: mean below which the submap is rejected
/// - `inlierRatioStepPerRejection`: how much lower that is after each rejection in a row, so that a scene of which
///   little is found again gets its map in the end
public record InitializationConfig(
        int minFeatures,
        int minPairs,
        int maxEarlierFrames,
        double searchWindowFraction,
        double maxRotationOnlyFraction,
        double minMovedFraction,
        double minMovedFractionWithGyro,
        double homographyScoreFraction,
        double maxReprojectionPixels,
        double maxParallaxCosine,
        double minParallaxDegrees,
        double minParallaxPixels,
        int parallaxRank,
        int minPoints,
        double minValidFraction,
        double maxRivalFraction,
        double gyroErrorDegrees,
        double gyroDriftDegreesPerSecond,
        double gyroErrorFraction,
        long checkNanos,
        long checkWindowNanos,
        int minCheckedFrames,
        double minInlierRatio,
        double inlierRatioStepPerRejection) {

    public static final InitializationConfig DEFAULT = new InitializationConfig(
            150,
            80,
            40,
            0.1,
            0.7,
            0.7,
            0.6,
            0.45,
            2,
            0.99998,
            1,
            12,
            50,
            60,
            0.8,
            0.75,
            0.7,
            0.3,
            0.15,
            3_000_000_000L,
            1_000_000_000L,
            8,
            0.78,
            0.01);

    public InitializationConfig {
        Bounds.positive("minFeatures", minFeatures);
        Bounds.positive("minPairs", minPairs);
        Bounds.positive("maxEarlierFrames", maxEarlierFrames);
        Bounds.fraction("searchWindowFraction", searchWindowFraction);
        Bounds.fraction("maxRotationOnlyFraction", maxRotationOnlyFraction);
        Bounds.fraction("minMovedFraction", minMovedFraction);
        Bounds.fraction("minMovedFractionWithGyro", minMovedFractionWithGyro);
        Bounds.fraction("homographyScoreFraction", homographyScoreFraction);
        Bounds.positive("maxReprojectionPixels", maxReprojectionPixels);
        Bounds.fraction("maxParallaxCosine", maxParallaxCosine);
        Bounds.positive("minParallaxDegrees", minParallaxDegrees);
        Bounds.notNegative("minParallaxPixels", minParallaxPixels);
        Bounds.positive("parallaxRank", parallaxRank);
        Bounds.positive("minPoints", minPoints);
        Bounds.fraction("minValidFraction", minValidFraction);
        Bounds.fraction("maxRivalFraction", maxRivalFraction);
        Bounds.positive("gyroErrorDegrees", gyroErrorDegrees);
        Bounds.notNegative("gyroDriftDegreesPerSecond", gyroDriftDegreesPerSecond);
        Bounds.fraction("gyroErrorFraction", gyroErrorFraction);
        Bounds.notNegative("checkNanos", checkNanos);
        Bounds.positive("checkWindowNanos", checkWindowNanos);
        Bounds.positive("minCheckedFrames", minCheckedFrames);
        Bounds.fraction("minInlierRatio", minInlierRatio);
        Bounds.fraction("inlierRatioStepPerRejection", inlierRatioStepPerRejection);
    }
}
