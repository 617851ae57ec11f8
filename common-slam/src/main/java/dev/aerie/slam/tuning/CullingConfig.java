package dev.aerie.slam.tuning;

/// Which landmarks and keyframes leave the map.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), sections VI.B and VI.E.
///
/// - `minFoundRatio`: frames that found a new landmark, of those in which it was expected; after ORB-SLAM
/// - `probationKeyframes`: keyframes over which a new landmark is judged; after ORB-SLAM
/// - `minObservers`: keyframes that see a landmark, and that make another keyframe's view of it redundant; after
///   ORB-SLAM
/// - `minObserversAfterKeyframes`: keyframes made after a landmark from which [#minObservers] is asked; after ORB-SLAM
/// - `minTimesExpected`: frames from which a landmark can count as missing
/// - `minFoundRatioOfMissing`: below which it is removed as missing
/// - `minFoundRatioOfStable`: the same for a stable landmark
/// - `minTimesCovered`: masks of what may move that must have covered a landmark before it is removed
/// - `maxCoveredFraction`: of the masked frames that showed it, in which it may be covered
/// - `neighbours`: keyframes around whose landmarks are checked
/// - `redundantFraction`: a keyframe is removed if others see more of its landmarks as sharply; after ORB-SLAM
/// - `coarserLevels`: pyramid levels by which such a view may be coarser; after ORB-SLAM
/// - `youngestKept`: newest keyframes that are never removed
public record CullingConfig(
        double minFoundRatio,
        int probationKeyframes,
        int minObservers,
        int minObserversAfterKeyframes,
        int minTimesExpected,
        double minFoundRatioOfMissing,
        double minFoundRatioOfStable,
        int minTimesCovered,
        double maxCoveredFraction,
        int neighbours,
        double redundantFraction,
        int coarserLevels,
        int youngestKept) {

    public static final CullingConfig DEFAULT = new CullingConfig(0.25, 3, 3, 2, 10, 0.4, 0.25, 2, 0.5, 20, 0.9, 1, 2);

    public CullingConfig {
        Bounds.fraction("minFoundRatio", minFoundRatio);
        Bounds.positive("probationKeyframes", probationKeyframes);
        Bounds.positive("minObservers", minObservers);
        Bounds.notNegative("minObserversAfterKeyframes", minObserversAfterKeyframes);
        Bounds.positive("minTimesExpected", minTimesExpected);
        Bounds.fraction("minFoundRatioOfMissing", minFoundRatioOfMissing);
        Bounds.fraction("minFoundRatioOfStable", minFoundRatioOfStable);
        Bounds.positive("minTimesCovered", minTimesCovered);
        Bounds.fraction("maxCoveredFraction", maxCoveredFraction);
        Bounds.positive("neighbours", neighbours);
        Bounds.fraction("redundantFraction", redundantFraction);
        Bounds.notNegative("coarserLevels", coarserLevels);
        Bounds.notNegative("youngestKept", youngestKept);
    }
}
