package dev.aerie.frames.tracker;

import java.time.Duration;

/// When an object counts as what.
///
/// - `probationFrames`: that a found object must be seen in, one after another, before it is believed
/// - `leastScore`: of a mask that counts as seen, 0..1
/// - `occludedFor`: how long an object that is not seen is still expected near where it was
/// - `foundKeptFor`: how long one that was found is kept altogether while it is not seen
/// - `askedKeptFor`: the same for one that a person asked for
/// - `twinOverlap`: of two masks from which on they are one object, 0..1
/// - `twinFrames`: for how many frames they must be
/// - `doubtedFor`: how long what found it may fail to see an object that its tracker says is there
/// - `checkFrames`: from one comparison of what is followed with what its finder sees to the next, frames of the stream
/// - `isMaskTrusted`: whether what was found by its motion is believed where only its mask shows it
/// - `driftFrames`: for how many frames a mask may lie on something else before the object counts as lost
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
        int verifyIntervalFrames,
        boolean isMaskTrusted) {

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
            30,
            true);

    /// For a tracker whose masks may slide onto what lies behind an object: compared often, soon given up.
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
            3,
            false);
}
