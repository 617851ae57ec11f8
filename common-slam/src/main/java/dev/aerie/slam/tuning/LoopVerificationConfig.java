package dev.aerie.slam.tuning;

/// When several keyframes agree that two places are one.
///
/// Source of what is marked so: ORB-SLAM3 (Campos et al. 2021), section VI.
///
/// - `groupKeyframes`: neighbours of the newer keyframe that are asked; after ORB-SLAM3
/// - `minConfirmations`: of these and of the next keyframes that must find the older place's landmarks where the loop
///   puts them; after ORB-SLAM3
/// - `maxMisses`: next keyframes in a row that may not find it before the loop is given up; after ORB-SLAM3
/// - `minMatches`: landmarks that such a keyframe must find; after ORB-SLAM3
/// - `minInlierRatioInView`: and of those that should be in its view
/// - `searchRadiusFactor`: search radius of these landmarks, as a multiple of that for a tracked frame
/// - `maxDriftFraction`: of the way between the two keyframes, by which the loop may move the newer one
/// - `maxTiltDegrees`, `maxMetricScaleChange`: by which a loop may tilt and scale a submap whose vertical and
///   scale an inertial sensor knows
public record LoopVerificationConfig(
        int groupKeyframes,
        int minConfirmations,
        int maxMisses,
        int minMatches,
        double minInlierRatioInView,
        double searchRadiusFactor,
        double maxDriftFraction,
        double maxTiltDegrees,
        double maxMetricScaleChange) {

    public static final LoopVerificationConfig DEFAULT = new LoopVerificationConfig(5, 3, 2, 30, 0.25, 2, 0.2, 3, 1.1);

    public LoopVerificationConfig {
        Bounds.notNegative("groupKeyframes", groupKeyframes);
        Bounds.notNegative("minConfirmations", minConfirmations);
        Bounds.notNegative("maxMisses", maxMisses);
        Bounds.positive("minMatches", minMatches);
        Bounds.fraction("minInlierRatioInView", minInlierRatioInView);
        Bounds.positive("searchRadiusFactor", searchRadiusFactor);
        Bounds.positive("maxDriftFraction", maxDriftFraction);
        Bounds.positive("maxTiltDegrees", maxTiltDegrees);
        Bounds.positive("maxMetricScaleChange", maxMetricScaleChange);
    }
}
