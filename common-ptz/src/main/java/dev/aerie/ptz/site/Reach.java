package dev.aerie.ptz.site;

import dev.aerie.ptz.camera.PtzRange;

/// What a camera can be pointed at with use.
///
/// - `panDegrees`, `tiltDegrees`, `zoom`: its ranges
/// - `minDistanceMetres`, `maxDistanceMetres`: along the ground from its foot; nearer a person is only hair, farther it
///   is too small even at the greatest zoom
public record Reach(
        PtzRange panDegrees, PtzRange tiltDegrees, PtzRange zoom, double minDistanceMetres, double maxDistanceMetres) {

    public Reach {
        if (zoom.min() < 1) {
            throw new IllegalArgumentException("zoom must be >= 1, was " + zoom.min());
        }
        if (!(minDistanceMetres >= 0) || !(maxDistanceMetres > minDistanceMetres)) {
            throw new IllegalArgumentException(
                    "expected 0 <= min < max distance, was " + minDistanceMetres + ", " + maxDistanceMetres);
        }
    }
}
