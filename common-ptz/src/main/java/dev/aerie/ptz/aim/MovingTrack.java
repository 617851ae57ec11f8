package dev.aerie.ptz.aim;

import dev.aerie.messages.TrackState;
import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;

/// A track of the present frame with what is known of its motion before the camera, whatever the camera did.
///
/// - `direction`: of its middle; `footDirection`: of its foot, which is at `foot` in the image
/// - `heightDegrees`: its angular height
/// - `ageSeconds`: since its id was first seen
record MovingTrack(
        AimTrack track,
        Direction direction,
        ImagePoint foot,
        Direction footDirection,
        double heightDegrees,
        double heightShare,
        AngularVelocity velocity,
        double ageSeconds) {

    boolean isDetected() {
        return track.state() == TrackState.CONFIRMED;
    }

    long id() {
        return track.id();
    }
}
