package dev.aerie.slam.engine;

import dev.aerie.messages.CameraPose.TrackingState;
import java.util.List;
import java.util.Optional;

/// What came of one frame.
///
/// - `pose`: there whenever `state` is tracking; with another state it is predicted, nothing having been seen
/// - `keyframe`: whether the map keeps this frame
/// - `mapPoints`: points of the current submap
/// - `covariance`: 6 × 6, row-major, of translation (the map's unit) then rotation (radians); empty where unknown
public record TrackedFrame(
        TrackingState state, Optional<FramePose> pose, boolean keyframe, int mapPoints, List<Double> covariance) {

    public TrackedFrame {
        covariance = List.copyOf(covariance);
        if (state == TrackingState.TRACKING && pose.isEmpty()) {
            throw new IllegalArgumentException("a frame that is tracked has a pose");
        }
        if (!covariance.isEmpty() && covariance.size() != 36) {
            throw new IllegalArgumentException("covariance must have 36 numbers, had " + covariance.size());
        }
    }
}
