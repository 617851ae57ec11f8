package dev.aerie.slam.tuning;

/// How a frame is tracked on the map, and when tracking counts as lost.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section V. Radii are in pixels of pyramid level 0;
/// they do not scale with the focal length.
///
/// - `searchRadiusPixels`: around the position predicted by the motion model; after ORB-SLAM
/// - `wideSearchRadiusPixels`: of the second attempt
/// - `minMatches`: landmarks matched with the last frame; after ORB-SLAM
/// - `minInliers`: of the pose before the local map is searched
/// - `minLocalMapInliers`: below which the frame is lost; after ORB-SLAM
/// - `sureLocalMapInliers`: from which [#minInlierRatioInView] is not asked
/// - `minInlierRatioInView`: of the landmarks that should be in view
/// - `wideSearchFactor`: search radius of a frame that was not tracked before, as a multiple
/// - `sureInlierRatio`: below it the scene may contain moving objects: stable landmarks then decide
/// - `minStableLandmarks`: for stable landmarks to decide
/// - `minStableFraction`: of all matched landmarks, for the same
/// - `unstableWeight`: of a landmark that is not stable, where stable ones decide
/// - `maxLocalKeyframes`: of the local map
/// - `neighboursPerKeyframe`: of each local keyframe that are added to the local map
/// - `youngSubmapKeyframes`: a submap with fewer keyframes is dropped when tracking is lost; after ORB-SLAM
/// - `lostAfterNanos`: of relocalizing until the state is `lost`
public record TrackingConfig(
        double searchRadiusPixels,
        double wideSearchRadiusPixels,
        int minMatches,
        int minInliers,
        int minLocalMapInliers,
        int sureLocalMapInliers,
        double minInlierRatioInView,
        double wideSearchFactor,
        double sureInlierRatio,
        int minStableLandmarks,
        double minStableFraction,
        double unstableWeight,
        int maxLocalKeyframes,
        int neighboursPerKeyframe,
        int youngSubmapKeyframes,
        long lostAfterNanos) {

    public static final TrackingConfig DEFAULT =
            new TrackingConfig(15, 40, 20, 12, 30, 80, 0.1, 4, 0.8, 40, 0.4, 0.1, 40, 5, 5, 500_000_000L);

    public TrackingConfig {
        Bounds.positive("searchRadiusPixels", searchRadiusPixels);
        Bounds.positive("wideSearchRadiusPixels", wideSearchRadiusPixels);
        Bounds.positive("minMatches", minMatches);
        Bounds.positive("minInliers", minInliers);
        Bounds.positive("minLocalMapInliers", minLocalMapInliers);
        Bounds.positive("sureLocalMapInliers", sureLocalMapInliers);
        Bounds.fraction("minInlierRatioInView", minInlierRatioInView);
        Bounds.positive("wideSearchFactor", wideSearchFactor);
        Bounds.fraction("sureInlierRatio", sureInlierRatio);
        Bounds.positive("minStableLandmarks", minStableLandmarks);
        Bounds.fraction("minStableFraction", minStableFraction);
        Bounds.fraction("unstableWeight", unstableWeight);
        Bounds.positive("maxLocalKeyframes", maxLocalKeyframes);
        Bounds.notNegative("neighboursPerKeyframe", neighboursPerKeyframe);
        Bounds.notNegative("youngSubmapKeyframes", youngSubmapKeyframes);
        Bounds.notNegative("lostAfterNanos", lostAfterNanos);
    }
}
