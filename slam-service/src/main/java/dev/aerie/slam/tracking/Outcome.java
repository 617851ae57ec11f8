package dev.aerie.slam.tracking;

import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import java.util.List;
import java.util.Optional;

/// What tracking says of one picture.
///
/// - `worldFromCamera`: where the camera was; nothing unless tracking
/// - `part`: of the map that the pose belongs to; [Keyframe#NO_PART] without a pose
/// - `isKeyframe`: whether the picture was given to the map
/// - `covariance`: 6 × 6, row by row, of the camera's translation (the map's unit) and rotation (radians), in
///   its own axes; empty without a pose
public record Outcome(
        TrackingState state,
        Optional<RigidTransform> worldFromCamera,
        int part,
        boolean isKeyframe,
        List<Double> covariance) {
    public Outcome {
        covariance = List.copyOf(covariance);
    }

    static Outcome untracked(TrackingState state) {
        return new Outcome(state, Optional.empty(), Keyframe.NO_PART, false, List.of());
    }
}
