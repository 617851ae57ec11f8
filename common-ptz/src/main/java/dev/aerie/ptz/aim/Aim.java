package dev.aerie.ptz.aim;

import dev.aerie.ptz.control.TargetObservation;
import java.util.List;
import java.util.OptionalLong;

/// What the camera is to look at, from one frame.
///
/// - `trackIds`: of the one target, or of everyone in the group
/// - `reason`: why this target, in this frame
public record Aim(TargetObservation observation, FramingRule framing, List<Long> trackIds, Reason reason) {

    public Aim {
        trackIds = List.copyOf(trackIds);
        if (trackIds.isEmpty()) {
            throw new IllegalArgumentException("an aim has at least one track");
        }
    }

    /// The track of the one target; empty for a group of several.
    public OptionalLong trackId() {
        return trackIds.size() == 1 ? OptionalLong.of(trackIds.getFirst()) : OptionalLong.empty();
    }

    /// Why this target.
    public enum Reason {
        /// Newly chosen.
        CHOSEN,
        /// The same track as in the frame before.
        KEPT,
        /// The same target under another track id: it was lost, or the tracker mixed two up.
        REACQUIRED,
        /// Another target that has been better for a while.
        OVERTAKEN,
        /// Everyone.
        GROUP
    }
}
