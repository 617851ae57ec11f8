package dev.aerie.slam.tuning;

/// When two keyframes show the same place, and how the map is corrected then.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section VII. Radii are in pixels of pyramid level 0;
/// they do not scale with the focal length.
///
/// - `maxCandidates`: keyframes verified for each new one
/// - `minKeyframesApart`: keyframes between the two ends of a loop in one submap
/// - `minMatches`: landmarks matched by descriptor
/// - `ransacRounds`: of the similarity from three points; after ORB-SLAM
/// - `maxReprojectionChi2`: squared error of its inliers in variances: 99 % at two degrees of freedom; after ORB-SLAM
/// - `minInliers`: of the similarity
/// - `olderNeighbours`: keyframes around the older one whose landmarks are projected
/// - `searchRadiusFactor`: search radius of these landmarks, as a multiple of that for a tracked frame
/// - `projectionRounds`: searches of these landmarks, each from the pose of the one before
/// - `minProjectedInliers`: landmarks found by projection
/// - `minInlierRatioInView`: of those that should be in view. Rows of similar houses reach 0.15 without being the
///   same place; a place seen again reaches 0.3 to 0.5
/// - `minKeyframesBetween`: keyframes after a correction before the next
/// - `fusionRadiusPixels`: around a landmark's predicted position; after ORB-SLAM
/// - `strongestEdges`: of each keyframe's covisibility that enter the pose graph
/// - `poseGraphIterations`: at most
/// - `maxKeyframesInFullAdjustment`: of a submap that is bundle adjusted as a whole afterwards
/// - `verification`: when several keyframes agree
public record LoopConfig(
        int maxCandidates,
        int minKeyframesApart,
        int minMatches,
        int ransacRounds,
        double maxReprojectionChi2,
        int minInliers,
        int olderNeighbours,
        double searchRadiusFactor,
        int projectionRounds,
        int minProjectedInliers,
        double minInlierRatioInView,
        int minKeyframesBetween,
        double fusionRadiusPixels,
        int strongestEdges,
        int poseGraphIterations,
        int maxKeyframesInFullAdjustment,
        LoopVerificationConfig verification) {

    public static final LoopConfig DEFAULT = new LoopConfig(
            3, 30, 15, 300, 9.21, 10, 10, 3, 2, 50, 0.25, 20, 4, 4, 30, 700, LoopVerificationConfig.DEFAULT);

    public LoopConfig {
        Bounds.positive("maxCandidates", maxCandidates);
        Bounds.notNegative("minKeyframesApart", minKeyframesApart);
        Bounds.positive("minMatches", minMatches);
        Bounds.positive("ransacRounds", ransacRounds);
        Bounds.positive("maxReprojectionChi2", maxReprojectionChi2);
        Bounds.atLeast("minInliers", minInliers, 3);
        Bounds.notNegative("olderNeighbours", olderNeighbours);
        Bounds.positive("searchRadiusFactor", searchRadiusFactor);
        Bounds.positive("projectionRounds", projectionRounds);
        Bounds.positive("minProjectedInliers", minProjectedInliers);
        Bounds.fraction("minInlierRatioInView", minInlierRatioInView);
        Bounds.notNegative("minKeyframesBetween", minKeyframesBetween);
        Bounds.positive("fusionRadiusPixels", fusionRadiusPixels);
        Bounds.notNegative("strongestEdges", strongestEdges);
        Bounds.positive("poseGraphIterations", poseGraphIterations);
        Bounds.positive("maxKeyframesInFullAdjustment", maxKeyframesInFullAdjustment);
    }

    /// As this, but no keyframes of a submap are ever far enough apart for a loop.
    LoopConfig never() {
        return new LoopConfig(
                maxCandidates,
                Integer.MAX_VALUE,
                minMatches,
                ransacRounds,
                maxReprojectionChi2,
                minInliers,
                olderNeighbours,
                searchRadiusFactor,
                projectionRounds,
                minProjectedInliers,
                minInlierRatioInView,
                minKeyframesBetween,
                fusionRadiusPixels,
                strongestEdges,
                poseGraphIterations,
                maxKeyframesInFullAdjustment,
                verification);
    }
}
