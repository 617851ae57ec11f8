package dev.aerie.slam.tuning;

/// Which landmarks and keyframes leave the map.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), sections VI.B and VI.E.
///
/// - `minFoundRatio`: frames that found a new landmark, of those in which it was expected; after ORB-SLAM
/// - `probationKeyframes`: keyframes over which a new landmark is judged; after ORB-SLAM
/// - `minObservers`: keyframes that see a landmark after two more were made; after ORB-SLAM
/// - `minTimesExpected`: frames from which a landmark can count as missing
/// - `minFoundRatioOfMissing`: below which it is removed as missing
/// - `minFoundRatioOfStable`: the same for a stable landmark
/// - `neighbours`: keyframes around whose landmarks are checked
/// - `redundantFraction`: a keyframe is removed if others see more of its landmarks as sharply; after ORB-SLAM
/// - `youngestKept`: newest keyframes that are never removed
public record CullingConfig(
        double minFoundRatio,
        int probationKeyframes,
        int minObservers,
        int minTimesExpected,
        double minFoundRatioOfMissing,
        double minFoundRatioOfStable,
        int neighbours,
        double redundantFraction,
        int youngestKept) {

    public static final CullingConfig DEFAULT = new CullingConfig(0.25, 3, 3, 10, 0.4, 0.25, 20, 0.9, 2);

    public CullingConfig {
        Bounds.fraction("minFoundRatio", minFoundRatio);
        Bounds.positive("probationKeyframes", probationKeyframes);
        Bounds.positive("minObservers", minObservers);
        Bounds.positive("minTimesExpected", minTimesExpected);
        Bounds.fraction("minFoundRatioOfMissing", minFoundRatioOfMissing);
        Bounds.fraction("minFoundRatioOfStable", minFoundRatioOfStable);
        Bounds.positive("neighbours", neighbours);
        Bounds.fraction("redundantFraction", redundantFraction);
        Bounds.notNegative("youngestKept", youngestKept);
    }
}
