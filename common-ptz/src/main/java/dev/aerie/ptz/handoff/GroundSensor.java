package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.SiteCamera;
import java.util.Optional;

/// A camera as a sensor of positions on the ground.
record GroundSensor(SiteCamera camera, double groundUpMetres, double footErrorDegrees) {

    /// A foot so far beyond the camera's reach is one that is hidden: its box ends too high.
    private static final double MAX_REACHES = 2;

    private static final double MIN_ERROR_METRES = 0.1;

    /// A position and the covariance of its error, m².
    record Fix(EastNorthUp position, GroundMatrix spread) {}

    /// Empty where no ground within twice the camera's reach is shown.
    Optional<Fix> fix(ImagePoint foot, PtzPosition position) {
        return camera.groundAt(foot, position, groundUpMetres)
                .filter(ground -> camera.groundDistanceTo(ground)
                        <= MAX_REACHES * camera.reach().maxDistanceMetres())
                .map(ground -> new Fix(ground, spreadAt(ground)));
    }

    /// An error of the angle counts for more along the ray, the flatter it meets the ground; across it does not.
    private GroundMatrix spreadAt(EastNorthUp ground) {
        double distance = camera.groundDistanceTo(ground);
        double height = Math.max(0.5, camera.mounting().upMetres() - groundUpMetres);
        double radians = Math.toRadians(footErrorDegrees);
        double along = radians * (distance * distance + height * height) / height;
        double across = radians * Math.hypot(distance, height);
        return GroundMatrix.of(
                ground.minus(camera.mounting().position()),
                Math.max(MIN_ERROR_METRES, along),
                Math.max(MIN_ERROR_METRES, across));
    }
}
