package dev.aerie.slam.tuning;

/// When a lost frame counts as found on the map.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section V.C.
///
/// - `maxCandidates`: keyframes tried for each frame
/// - `minMatches`: features matched by descriptor with a keyframe; after ORB-SLAM
/// - `ransacRounds`: of the pose from four points (EPnP)
/// - `ransacConfidence`: that a sample without outliers was drawn
/// - `maxRayError`: error of an inlier on the plane at depth 1: 3 pixels at a focal length of 700 pixels
/// - `minRansacInliers`: of the pose from four points
/// - `minInliers`: after refinement; after ORB-SLAM
/// - `minLocalMapInliers`: with the local map; after ORB-SLAM
/// - `searchRounds`: searches of the local map, each from the pose of the one before
public record RelocalizationConfig(
        int maxCandidates,
        int minMatches,
        int ransacRounds,
        double ransacConfidence,
        double maxRayError,
        int minRansacInliers,
        int minInliers,
        int minLocalMapInliers,
        int searchRounds) {

    public static final RelocalizationConfig DEFAULT =
            new RelocalizationConfig(5, 15, 200, 0.99, 3.0 / 700, 6, 10, 40, 2);

    public RelocalizationConfig {
        Bounds.positive("maxCandidates", maxCandidates);
        Bounds.positive("minMatches", minMatches);
        Bounds.positive("ransacRounds", ransacRounds);
        Bounds.fraction("ransacConfidence", ransacConfidence);
        Bounds.positive("maxRayError", maxRayError);
        Bounds.atLeast("minRansacInliers", minRansacInliers, 6);
        Bounds.positive("minInliers", minInliers);
        Bounds.positive("minLocalMapInliers", minLocalMapInliers);
        Bounds.positive("searchRounds", searchRounds);
    }
}
