package dev.aerie.slam.earth;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Pixel;
import java.util.List;
import java.util.Optional;

/// The intersection of a pixel's ray with the ground, with its covariance.
///
/// - `position`: on the ground
/// - `covariance`: 2 × 2, row by row, of east and north, m²
public record GroundIntersection(GeoPoint position, List<Double> covariance) {

    private static final double GROUND_SIGMA_METRES = 1;
    private static final double FARTHEST_METRES = 1000;
    private static final double MAX_FRACTION = 0.5;

    /// What a place depends on, and what each is changed by to see how much.
    private record ViewingRay(RigidTransform localFromCamera, Pixel pixel, double groundMetres) {

        ViewingRay moved(Vector3 metres) {
            var moved = new RigidTransform(
                    localFromCamera.rotation(), localFromCamera.translation().plus(metres));
            return new ViewingRay(moved, pixel, groundMetres);
        }

        ViewingRay tilted(Vector3 radians) {
            var tilted = new RigidTransform(
                    Rotation.exp(radians).times(localFromCamera.rotation()), localFromCamera.translation());
            return new ViewingRay(tilted, pixel, groundMetres);
        }

        ViewingRay shifted(double columns, double rows) {
            return new ViewingRay(localFromCamera, new Pixel(pixel.x() + columns, pixel.y() + rows), groundMetres);
        }

        ViewingRay onGround(double metresHigher) {
            return new ViewingRay(localFromCamera, pixel, groundMetres + metresHigher);
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
        var viewingRay =
                new ViewingRay(localFromCamera, pixel, earth.groundMetres().getAsDouble());
        var changed = List.of(
                viewingRay.shifted(pixelSigma, 0),
                viewingRay.shifted(0, pixelSigma),
                viewingRay.tilted(new Vector3(earth.tiltSigmaRadians(), 0, 0)),
                viewingRay.tilted(new Vector3(0, earth.tiltSigmaRadians(), 0)),
                viewingRay.tilted(new Vector3(0, 0, earth.tiltSigmaRadians())),
                viewingRay.moved(new Vector3(earth.positionSigmaMetres(), 0, 0)),
                viewingRay.moved(new Vector3(0, earth.positionSigmaMetres(), 0)),
                viewingRay.onGround(Math.hypot(GROUND_SIGMA_METRES, earth.positionSigmaMetres())));
        return intersect(camera, viewingRay)
                .flatMap(position -> withCovariance(earth, camera, localFromCamera, position, changed));
    }

    private static Optional<GroundIntersection> withCovariance(
            GeoAlignment earth,
            CameraModel camera,
            RigidTransform localFromCamera,
            Vector3 position,
            List<ViewingRay> changed) {
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (var viewingRay : changed) {
            var other = intersect(camera, viewingRay);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            var off = other.get().minus(position);
            ee += off.x() * off.x();
            en += off.x() * off.y();
            nn += off.y() * off.y();
        }
        double distance = position.distanceTo(localFromCamera.translation());
        boolean isSure = Math.sqrt(ee + nn) < MAX_FRACTION * distance;
        return isSure
                ? Optional.of(new GroundIntersection(earth.plane().toEarth(position), List.of(ee, en, en, nn)))
                : Optional.empty();
    }

    /// East, north, up of where the pixel's ray meets the level ground.
    private static Optional<Vector3> intersect(CameraModel camera, ViewingRay viewingRay) {
        var ray = viewingRay.localFromCamera.rotation().apply(camera.rayOf(viewingRay.pixel.x(), viewingRay.pixel.y()));
        var eye = viewingRay.localFromCamera.translation();
        double times = (viewingRay.groundMetres - eye.z()) / ray.z();
        boolean isMet = ray.z() < 0 && times > 0 && times * ray.length() < FARTHEST_METRES;
        return isMet ? Optional.of(eye.plus(ray.times(times))) : Optional.empty();
    }
}
