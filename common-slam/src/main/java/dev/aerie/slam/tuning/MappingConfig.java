package dev.aerie.slam.tuning;

/// How keyframes become landmarks, and how both are adjusted.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section VI. Radii are in pixels of pyramid level 0;
/// they do not scale with the focal length.
///
/// - `minInitialLandmarks`: that a new submap must keep
/// - `creationNeighbours`: keyframes with which a new one triangulates; after ORB-SLAM
/// - `minBaselineFraction`: distance of two keyframes, as a fraction of the neighbour's median depth
/// - `maxParallaxCosine`: cosine of the angle between two rays (0.36°)
/// - `maxReprojectionChi2`: squared error in variances: 95 % at two degrees of freedom; after ORB-SLAM
/// - `maxScaleRatio`: by which the pyramid levels of two observations may differ from their distances; after ORB-SLAM
/// - `fusionNeighbours`: keyframes whose landmarks are fused with those of a new one
/// - `fusionSecondNeighbours`: of each of them
/// - `fusionRadiusPixels`: around a landmark's predicted position; after ORB-SLAM
/// - `maxLocalKeyframes`: free keyframes of the local bundle adjustment
/// - `robustIterations`: of bundle adjustment with Huber's loss; after ORB-SLAM
/// - `finalIterations`: without it, after outliers were removed
public record MappingConfig(
        int minInitialLandmarks,
        int creationNeighbours,
        double minBaselineFraction,
        double maxParallaxCosine,
        double maxReprojectionChi2,
        double maxScaleRatio,
        int fusionNeighbours,
        int fusionSecondNeighbours,
        double fusionRadiusPixels,
        int maxLocalKeyframes,
        int robustIterations,
        int finalIterations) {

    public static final MappingConfig DEFAULT =
            new MappingConfig(50, 20, 0.003, 0.99998, 5.991, 1.8, 10, 3, 3, 24, 5, 5);

    public MappingConfig {
        Bounds.positive("minInitialLandmarks", minInitialLandmarks);
        Bounds.positive("creationNeighbours", creationNeighbours);
        Bounds.notNegative("minBaselineFraction", minBaselineFraction);
        Bounds.fraction("maxParallaxCosine", maxParallaxCosine);
        Bounds.positive("maxReprojectionChi2", maxReprojectionChi2);
        Bounds.atLeast("maxScaleRatio", maxScaleRatio, 1);
        Bounds.positive("fusionNeighbours", fusionNeighbours);
        Bounds.notNegative("fusionSecondNeighbours", fusionSecondNeighbours);
        Bounds.positive("fusionRadiusPixels", fusionRadiusPixels);
        Bounds.atLeast("maxLocalKeyframes", maxLocalKeyframes, 2);
        Bounds.positive("robustIterations", robustIterations);
        Bounds.positive("finalIterations", finalIterations);
    }
}
