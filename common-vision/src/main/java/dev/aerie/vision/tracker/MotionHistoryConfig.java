package dev.aerie.vision.tracker;

/// Thresholds of [MotionHistory]: how motion and looks are averaged, when a mask has drifted and when an object has
/// left.
///
/// - `velocityWeight`, `areaWeight`, `appearanceWeight`: of the newest frame in the running means, 0..1
/// - `maxJumpDiagonals`: distance of a mask from the predicted box, in diagonals of the object, beyond which it jumped
/// - `maxGrowth`, `minGrowth`: area of a mask over the typical area, outside of which its size is implausible
/// - `minSimilarityOfJump`: similarity of colours, 0..1, below which a mask that jumped or has an implausible size
///   drifted
/// - `minSimilarity`: the same for any mask
/// - `maxPredictedFrames`: for how long a velocity predicts a position
/// - `minVisibleFraction`: of a predicted box within the frame, below which an object that moves outwards has left
/// - `edgePixels`: distance from the frame's edge within which a box touches it
/// - `minLeavingPixelsPerFrame`: speed outwards from which an object is leaving
public record MotionHistoryConfig(
        double velocityWeight,
        double areaWeight,
        float appearanceWeight,
        double maxJumpDiagonals,
        double maxGrowth,
        double minGrowth,
        double minSimilarityOfJump,
        double minSimilarity,
        long maxPredictedFrames,
        double minVisibleFraction,
        double edgePixels,
        double minLeavingPixelsPerFrame) {

    public static final MotionHistoryConfig DEFAULT =
            new MotionHistoryConfig(0.5, 0.1, 0.05f, 1.0, 4, 0.15, 0.55, 0.25, 15, 0.3, 3, 0.2);
}
