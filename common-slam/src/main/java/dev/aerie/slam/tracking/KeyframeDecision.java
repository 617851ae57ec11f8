package dev.aerie.slam.tracking;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.tuning.KeyframeConfig;

/// When a tracked frame becomes a keyframe: when it sees clearly less than its reference keyframe of what that
/// one sees.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section V.E.
final class KeyframeDecision {

    private final KeyframeConfig config;
    private long framesSince;

    KeyframeDecision(KeyframeConfig config) {
        this.config = config;
    }

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
        if (tracked < config.minTracked()) {
            return false;
        }
        int known = reference.countLandmarksSeenBy(keyframesInSubmap <= 2 ? 2 : 3);
        boolean isUrgent = tracked < config.urgentTrackedFraction() * known;
        boolean isPoorer = tracked < config.maxTrackedFraction() * known && framesSince >= config.minFramesBetween();
        boolean isLate = framesSince >= config.maxFramesBetween();
        return isUrgent || (isMapperIdle && (isPoorer || isLate));
    }
}
