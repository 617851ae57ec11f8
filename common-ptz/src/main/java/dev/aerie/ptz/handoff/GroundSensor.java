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

    /// A position and its standard deviation.
    record Fix(EastNorthUp position, double errorMetres) {}

    /// Empty where no ground within twice the camera's reach is shown.
    Optional<Fix> fix(ImagePoint foot, PtzPosition position) {
        return camera.groundAt(foot, position, groundUpMetres)
                .filter(ground -> camera.groundDistanceTo(ground)
                        <= MAX_REACHES * camera.reach().maxDistanceMetres())
                .map(ground -> new Fix(ground, errorAt(ground)));
    }

    /// An error of the angle counts for more, the flatter the ray meets the ground.
    private double errorAt(EastNorthUp ground) {
        double distance = camera.groundDistanceTo(ground);
        double height = Math.max(0.5, camera.mounting().upMetres() - groundUpMetres);
        double error = Math.toRadians(footErrorDegrees) * (distance * distance + height * height) / height;
        return Math.max(MIN_ERROR_METRES, error);
    }
}
