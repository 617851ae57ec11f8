package dev.aerie.slam.earth;

import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Pixel;
import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.geometry.Vector3;
import java.util.List;
import java.util.Optional;

/// Where on the ground a pixel looks, and how sure that is.
///
/// - `place`: on the ground
/// - `covariance`: 2 × 2, row by row, of east and north, m²
public record GroundIntersection(GeoPoint place, List<Double> covariance) {

    private static final double GROUND_SIGMA_METRES = 1;
    private static final double FARTHEST_METRES = 1000;
    private static final double MAX_SHARE = 0.5;

    /// What a place depends on, and what each is changed by to see how much.
    private record Look(RigidTransform localFromCamera, Pixel pixel, double groundMetres) {

        Look moved(Vector3 metres) {
            var moved = new RigidTransform(
                    localFromCamera.rotation(), localFromCamera.translation().plus(metres));
            return new Look(moved, pixel, groundMetres);
        }

        Look tilted(Vector3 radians) {
            var tilted = new RigidTransform(
                    Rotation.exp(radians).times(localFromCamera.rotation()), localFromCamera.translation());
            return new Look(tilted, pixel, groundMetres);
        }

        Look shifted(double columns, double rows) {
            return new Look(localFromCamera, new Pixel(pixel.x() + columns, pixel.y() + rows), groundMetres);
        }

        Look onGround(double metresHigher) {
            return new Look(localFromCamera, pixel, groundMetres + metresHigher);
        }
    }

    /// Empty where the pixel looks at or above the horizon, so far that half the distance is unsure, or where the
    /// height of the ground is not known.
    ///
    /// - `mapFromCamera`: when the frame was taken, in the map's own axes and unit
    /// - `pixelSigma`: standard deviation of `pixel`, each way
    public static Optional<GroundIntersection> of(
            GeoAlignment earth, CameraModel camera, RigidTransform mapFromCamera, Pixel pixel, double pixelSigma) {
        if (earth.groundMetres().isEmpty()) {
            return Optional.empty();
        }
        var change = earth.localFromMap();
        var localFromCamera = new RigidTransform(
                change.rotation().times(mapFromCamera.rotation()), change.apply(mapFromCamera.translation()));
        var look = new Look(localFromCamera, pixel, earth.groundMetres().getAsDouble());
        var changed = List.of(
                look.shifted(pixelSigma, 0),
                look.shifted(0, pixelSigma),
                look.tilted(new Vector3(earth.tiltSigmaRadians(), 0, 0)),
                look.tilted(new Vector3(0, earth.tiltSigmaRadians(), 0)),
                look.tilted(new Vector3(0, 0, earth.tiltSigmaRadians())),
                look.moved(new Vector3(earth.placeSigmaMetres(), 0, 0)),
                look.moved(new Vector3(0, earth.placeSigmaMetres(), 0)),
                look.onGround(Math.hypot(GROUND_SIGMA_METRES, earth.placeSigmaMetres())));
        return meet(camera, look).flatMap(place -> weighed(earth, camera, localFromCamera, place, changed));
    }

    private static Optional<GroundIntersection> weighed(
            GeoAlignment earth, CameraModel camera, RigidTransform localFromCamera, Vector3 place, List<Look> changed) {
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (var look : changed) {
            var other = meet(camera, look);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            var off = other.get().minus(place);
            ee += off.x() * off.x();
            en += off.x() * off.y();
            nn += off.y() * off.y();
        }
        double distance = place.distanceTo(localFromCamera.translation());
        boolean isSure = Math.sqrt(ee + nn) < MAX_SHARE * distance;
        return isSure
                ? Optional.of(new GroundIntersection(earth.plane().toEarth(place), List.of(ee, en, en, nn)))
                : Optional.empty();
    }

    /// East, north, up of where the pixel's ray meets the level ground.
    private static Optional<Vector3> meet(CameraModel camera, Look look) {
        var ray = look.localFromCamera.rotation().apply(camera.rayOf(look.pixel.x(), look.pixel.y()));
        var eye = look.localFromCamera.translation();
        double times = (look.groundMetres - eye.z()) / ray.z();
        boolean isMet = ray.z() < 0 && times > 0 && times * ray.length() < FARTHEST_METRES;
        return isMet ? Optional.of(eye.plus(ray.times(times))) : Optional.empty();
    }
}
