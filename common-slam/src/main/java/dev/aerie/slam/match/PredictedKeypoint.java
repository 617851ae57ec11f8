package dev.aerie.slam.match;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.map.Landmark;
import java.util.Optional;

/// Where and how large a landmark should show in a frame.
///
/// - `cosine`: of the angle between the direction now and the mean of those it was seen from
record PredictedKeypoint(double xPixels, double yPixels, int octave, double cosine) {

    private static final double MIN_COSINE = 0.5;
    private static final double MARGIN_PIXELS = 4;

    /// Empty if it lies behind the camera, outside the frame, too near or far to be recognised, or is seen
    /// from somewhere else altogether.
    static Optional<PredictedKeypoint> of(Landmark landmark, CameraView cameraView, Vector3 position) {
        var inCamera = cameraView.cameraFromWorld().apply(landmark.position());
        if (!(inCamera.z() > 0)) {
            return Optional.empty();
        }
        var camera = cameraView.camera();
        double x = camera.projectX(inCamera);
        double y = camera.projectY(inCamera);
        if (x < -MARGIN_PIXELS
                || y < -MARGIN_PIXELS
                || x > camera.widthPixels() + MARGIN_PIXELS
                || y > camera.heightPixels() + MARGIN_PIXELS) {
            return Optional.empty();
        }
        var ray = landmark.position().minus(position);
        double distance = ray.length();
        double cosine = ray.dot(landmark.meanDirection()) / distance;
        return landmark.canBeSeenAt(distance) && cosine > MIN_COSINE
                ? Optional.of(new PredictedKeypoint(x, y, landmark.octaveAt(distance), cosine))
                : Optional.empty();
    }
}
