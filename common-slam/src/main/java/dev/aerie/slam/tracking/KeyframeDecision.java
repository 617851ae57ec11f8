package dev.aerie.slam.tracking;

import dev.aerie.slam.map.Keyframe;

/// When a tracked frame becomes a keyframe: when it sees clearly less than its reference keyframe of what that
/// one sees.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section V.E.
final class KeyframeDecision {

    private static final double FRACTION_LEFT = 0.9;
    private static final double FRACTION_LEFT_URGENT = 0.5;
    private static final int MIN_FRAMES_BETWEEN = 2;
    private static final int MAX_FRAMES_BETWEEN = 30;
    private static final int MIN_TRACKED = 20;

    private long framesSince;

    /// A keyframe was made.
    void reset() {
        framesSince = 0;
    }

    /// Asked once for each tracked frame.
    ///
    /// - `tracked`: landmarks that agree with the frame's pose
    /// - `isMapperIdle`: whether a keyframe would be worked on at once
    boolean isDue(int tracked, Keyframe reference, int keyframesInSubmap, boolean isMapperIdle) {
        framesSince++;
        if (tracked < MIN_TRACKED) {
            return false;
        }
        int known = reference.countLandmarksSeenBy(keyframesInSubmap <= 2 ? 2 : 3);
        boolean isUrgent = tracked < FRACTION_LEFT_URGENT * known;
        boolean isPoorer = tracked < FRACTION_LEFT * known && framesSince >= MIN_FRAMES_BETWEEN;
        boolean isLate = framesSince >= MAX_FRAMES_BETWEEN;
        return isUrgent || (isMapperIdle && (isPoorer || isLate));
    }
}
