package dev.aerie.slam.match;

import dev.aerie.slam.geometry.Vector3;
import dev.aerie.slam.map.Landmark;
import java.util.Optional;

/// Where and how large a landmark should show in a picture.
///
/// - `cosine`: of the angle between the direction now and the mean of those it was seen from
record Expectation(double xPixels, double yPixels, int octave, double cosine) {

    private static final double LEAST_COSINE = 0.5;
    private static final double MARGIN_PIXELS = 4;

    /// Nothing if it lies behind the camera, beside the picture, too near or far to be recognised, or is seen
    /// from somewhere else altogether.
    static Optional<Expectation> of(Landmark landmark, Sight sight, Vector3 place) {
        var inCamera = sight.cameraFromWorld().apply(landmark.position());
        if (!(inCamera.z() > 0)) {
            return Optional.empty();
        }
        var camera = sight.camera();
        double x = camera.projectX(inCamera);
        double y = camera.projectY(inCamera);
        if (x < -MARGIN_PIXELS
                || y < -MARGIN_PIXELS
                || x > camera.widthPixels() + MARGIN_PIXELS
                || y > camera.heightPixels() + MARGIN_PIXELS) {
            return Optional.empty();
        }
        var ray = landmark.position().minus(place);
        double distance = ray.length();
        double cosine = ray.dot(landmark.meanDirection()) / distance;
        return landmark.canBeSeenAt(distance) && cosine > LEAST_COSINE
                ? Optional.of(new Expectation(x, y, landmark.octaveAt(distance), cosine))
                : Optional.empty();
    }
}
