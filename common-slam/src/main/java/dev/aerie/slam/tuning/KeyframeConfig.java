package dev.aerie.slam.tuning;

/// When a tracked frame becomes a keyframe.
///
/// Source of what is marked so: ORB-SLAM (Mur-Artal et al. 2015), section V.E.
///
/// - `maxTrackedFraction`: of the reference keyframe's landmarks; a frame that tracks fewer becomes a keyframe; after
///   ORB-SLAM
/// - `urgentTrackedFraction`: the same, even while the mapping is busy
/// - `minFramesBetween`: frames between two keyframes
/// - `maxFramesBetween`: frames after which a keyframe is made in any case; after ORB-SLAM
/// - `minTracked`: landmarks that a keyframe must track
public record KeyframeConfig(
        double maxTrackedFraction,
        double urgentTrackedFraction,
        int minFramesBetween,
        int maxFramesBetween,
        int minTracked) {

    public static final KeyframeConfig DEFAULT = new KeyframeConfig(0.9, 0.5, 2, 30, 20);

    public KeyframeConfig {
        Bounds.fraction("maxTrackedFraction", maxTrackedFraction);
        Bounds.fraction("urgentTrackedFraction", urgentTrackedFraction);
        Bounds.notNegative("minFramesBetween", minFramesBetween);
        Bounds.positive("maxFramesBetween", maxFramesBetween);
        Bounds.positive("minTracked", minTracked);
    }
}
