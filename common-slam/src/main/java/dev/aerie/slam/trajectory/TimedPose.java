package dev.aerie.slam.trajectory;

import dev.aerie.geometry.RigidTransform;

/// Where the camera was at one moment.
///
/// - `seconds`: since any origin that one trajectory keeps to: Unix time, the start of a flight, a frame's number
public record TimedPose(double seconds, RigidTransform worldFromCamera) {

    public TimedPose {
        if (!Double.isFinite(seconds)) {
            throw new IllegalArgumentException("seconds must be finite, was " + seconds);
        }
    }
}
