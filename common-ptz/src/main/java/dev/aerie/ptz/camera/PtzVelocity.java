package dev.aerie.ptz.camera;

/// How fast a camera moves.
///
/// - `panDegreesPerSecond`: to the right
/// - `tiltDegreesPerSecond`: up
/// - `zoomRatePerSecond`: relative change of the magnification, positive towards the scene: at 0.5 it grows by half of
///   itself in a second
public record PtzVelocity(double panDegreesPerSecond, double tiltDegreesPerSecond, double zoomRatePerSecond) {

    public static final PtzVelocity ZERO = new PtzVelocity(0, 0, 0);

    public PtzVelocity {
        if (!Double.isFinite(panDegreesPerSecond)
                || !Double.isFinite(tiltDegreesPerSecond)
                || !Double.isFinite(zoomRatePerSecond)) {
            throw new IllegalArgumentException("velocity must be finite, was " + panDegreesPerSecond + ", "
                    + tiltDegreesPerSecond + ", " + zoomRatePerSecond);
        }
    }

    public boolean isZero() {
        return panDegreesPerSecond == 0 && tiltDegreesPerSecond == 0 && zoomRatePerSecond == 0;
    }
}
