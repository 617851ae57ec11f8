package dev.aerie.slam.match;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.Optional;

/// Where and how large a landmark should show in a frame.
///
/// - `cosine`: of the angle between the direction now and the mean of those it was seen from
record PredictedKeypoint(double xPixels, double yPixels, int octave, double cosine) {

    /// Empty if it lies behind the camera, outside the frame, too near or far to be recognised, or is seen
    /// from somewhere else altogether.
    static Optional<PredictedKeypoint> of(
            Landmark landmark, CameraView cameraView, Vector3 position, MatchingConfig config) {
        var inCamera = cameraView.cameraFromWorld().apply(landmark.position());
        if (!(inCamera.z() > 0)) {
            return Optional.empty();
        }
        var camera = cameraView.camera();
        double margin = config.frameMarginPixels();
        double x = camera.projectX(inCamera);
        double y = camera.projectY(inCamera);
        if (x < -margin || y < -margin || x > camera.widthPixels() + margin || y > camera.heightPixels() + margin) {
            return Optional.empty();
        }
        var ray = landmark.position().minus(position);
        double distance = ray.length();
        double cosine = ray.dot(landmark.meanDirection()) / distance;
        return landmark.canBeSeenAt(distance, config.distanceMarginFactor()) && cosine > config.minViewCosine()
                ? Optional.of(new PredictedKeypoint(x, y, landmark.octaveAt(distance), cosine))
                : Optional.empty();
    }
}
