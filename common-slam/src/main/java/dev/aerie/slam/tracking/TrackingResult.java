package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.map.Keyframe;
import java.util.List;
import java.util.Optional;

/// The result of tracking one frame.
///
/// - `worldFromCamera`: the pose; empty unless tracking
/// - `submap`: that the pose belongs to; [Keyframe#NO_SUBMAP] without a pose
/// - `isKeyframe`: whether the frame was given to the map
/// - `covariance`: 6 × 6, row by row, of the camera's translation (the map's unit) and rotation (radians), in
///   its own axes; empty without a pose
public record TrackingResult(
        TrackingState state,
        Optional<RigidTransform> worldFromCamera,
        int submap,
        boolean isKeyframe,
        List<Double> covariance) {
    public TrackingResult {
        covariance = List.copyOf(covariance);
    }

    static TrackingResult untracked(TrackingState state) {
        return new TrackingResult(state, Optional.empty(), Keyframe.NO_SUBMAP, false, List.of());
    }
}
