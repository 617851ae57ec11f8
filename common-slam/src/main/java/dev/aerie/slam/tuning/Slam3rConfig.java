package dev.aerie.slam.tuning;

/// How SLAM3R's networks are used on a stream of keyframes, and what of their points is believed.
///
/// - `radius`: keyframes before and after one that its local points are made of; it waits for those after
/// - `firstFrames`, `fewestFirstFrames`: of the window that a world begins with
/// - `minFirstConfidence`: mean confidence that it needs
/// - `sureConfidence`: points below it do not count for the scale, and are not shown to the network
/// - `sceneFrames`: remembered frames that a new one is registered by
/// - `remembered`: most of them
/// - `weakConfidence`: mean confidence below which a registered frame is not remembered
/// - `maxWeak`: such frames in a row that end a world
/// - `keptConfidence`: of points that become surfaces
/// - `maxJump`: between neighbouring pixels, as a fraction of the depth; beyond it is an edge
/// - `minLandmarks`, `maxQuartileSpread`: that a keyframe's scale needs, the spread as a fraction of the scale
/// - `scaleHistory`: keyframes whose median scale replaces one that cannot be found
/// - `seed`: of what is chosen at random
public record Slam3rConfig(
        int radius,
        int firstFrames,
        int fewestFirstFrames,
        double minFirstConfidence,
        double sureConfidence,
        int sceneFrames,
        int remembered,
        double weakConfidence,
        int maxWeak,
        double keptConfidence,
        double maxJump,
        int minLandmarks,
        double maxQuartileSpread,
        int scaleHistory,
        long seed) {

    public static final Slam3rConfig DEFAULT =
            new Slam3rConfig(2, 5, 3, 5, 1.5, 5, 100, 10, 3, 3, 0.05, 20, 0.2, 10, 1);

    public Slam3rConfig {
        Bounds.positive("radius", radius);
        Bounds.atLeast("fewestFirstFrames", fewestFirstFrames, 2);
        Bounds.atLeast("firstFrames", firstFrames, fewestFirstFrames);
        Bounds.positive("minFirstConfidence", minFirstConfidence);
        Bounds.positive("sureConfidence", sureConfidence);
        Bounds.positive("sceneFrames", sceneFrames);
        Bounds.atLeast("remembered", remembered, firstFrames);
        Bounds.positive("weakConfidence", weakConfidence);
        Bounds.positive("maxWeak", maxWeak);
        Bounds.positive("keptConfidence", keptConfidence);
        Bounds.positive("maxJump", maxJump);
        Bounds.positive("minLandmarks", minLandmarks);
        Bounds.positive("maxQuartileSpread", maxQuartileSpread);
        Bounds.positive("scaleHistory", scaleHistory);
    }
}
