package dev.aerie.vision.tracker;

import java.time.Duration;

/// Thresholds of a track's life cycle: see [Track].
///
/// - `probationFrames`: consecutive frames in which a proposed object must be visible to be confirmed
/// - `minMaskScore`: of a mask that counts as visible, 0..1
/// - `lostAfter`: time without a visible mask after which a track is lost; until then it is occluded
/// - `removedAfter`: time without a visible mask after which a proposed track ends
/// - `userTrackRemovedAfter`: the same for a track that a user prompted
/// - `duplicateOverlap`: intersection over union of two masks, or of two boxes that detections predict, 0..1, from
/// which on
///   both show one object
/// - `duplicateFrames`: consecutive frames for which they must, before the younger track ends
/// - `lostAfterDriftFrames`: consecutive frames with a drifted mask after which a track is lost; it ends after twice as
///   many
/// - `unverifiedRemovedAfter`: time for which a detector may miss an object that its mask shows, before the track ends
/// - `unverifiedMotionRemovedAfter`: the same for an object that was found by motion
/// - `verifyIntervalFrames`: from one comparison of tracks with detections to the next, frames of the stream
/// - `isMaskTrusted`: whether an object found by motion counts as visible where only its mask shows it
/// - `isMotionMaskReported`: whether an object found by motion is reported with what its detector marks of it, where it
///   does, instead of its tracker's mask
/// - `predictedBoxFrames`: after its last detection, for which the box of a detected object is predicted from its
///   detections, instead of taken from its mask
/// - `minMotionAgreement`: intersection over union of the detection and the mask's box, 0..1, below which an object
///   found by motion counts as occluded
///
/// Source of the defaults: NVIDIA's MaskTracker (probationAge 4, maxShadowTrackingAge 84 at 30 per second,
/// minTrackerConfidence 0.62), rounded.
public record TrackLifecycleConfig(
        int probationFrames,
        double minMaskScore,
        Duration lostAfter,
        Duration removedAfter,
        Duration userTrackRemovedAfter,
        double duplicateOverlap,
        int duplicateFrames,
        int lostAfterDriftFrames,
        Duration unverifiedRemovedAfter,
        Duration unverifiedMotionRemovedAfter,
        int verifyIntervalFrames,
        boolean isMaskTrusted,
        boolean isMotionMaskReported,
        int predictedBoxFrames,
        double minMotionAgreement,
        MotionHistoryConfig motion,
        CandidateGateConfig gate) {

    public static final TrackLifecycleConfig DEFAULT = new TrackLifecycleConfig(
            3,
            0.5,
            Duration.ofSeconds(3),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            0.75,
            3,
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            30,
            true,
            false,
            0,
            0.4,
            MotionHistoryConfig.DEFAULT,
            CandidateGateConfig.DEFAULT);

    /// For a tracker whose masks may drift onto the background: verified often, removed soon.
    public static final TrackLifecycleConfig UNRELIABLE_MASKS = new TrackLifecycleConfig(
            3,
            0.5,
            Duration.ofMillis(1500),
            Duration.ofSeconds(4),
            Duration.ofMinutes(2),
            0.75,
            3,
            4,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            2,
            false,
            true,
            15,
            0.4,
            MotionHistoryConfig.DEFAULT,
            CandidateGateConfig.DEFAULT);

    /// As this, for a detector of motion that is more reliable than masks: an object that it misses counts as visible
    /// for half of `unverifiedFor`, and ends after all of it.
    public TrackLifecycleConfig withTrustedMotion(Duration unverifiedFor) {
        return new TrackLifecycleConfig(
                probationFrames,
                minMaskScore,
                lostAfter,
                removedAfter,
                userTrackRemovedAfter,
                duplicateOverlap,
                duplicateFrames,
                lostAfterDriftFrames,
                unverifiedRemovedAfter,
                unverifiedFor,
                verifyIntervalFrames,
                true,
                isMotionMaskReported,
                predictedBoxFrames,
                minMotionAgreement,
                motion,
                gate);
    }
}
