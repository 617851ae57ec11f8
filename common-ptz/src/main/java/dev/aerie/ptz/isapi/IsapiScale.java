package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;

/// Maps our degrees to what ISAPI counts in, and back.
///
/// - azimuth: 0..360°, clockwise from above, so to the right; elevation: degrees from the horizon, up or down
///   (`tiltSign`); zoom: magnification
/// - speeds: -100..100 of each axis, to the right, up, towards the scene
public record IsapiScale(PtzVelocity maxSpeed, int tiltSign) {

    static final int FULL_SPEED = 100;
    private static final double TURN = 360;

    /// A speed per axis, -100..100, of the nearest whole number.
    public record Speeds(int pan, int tilt, int zoom) {

        boolean areZero() {
            return pan == 0 && tilt == 0 && zoom == 0;
        }
    }

    /// What a camera is asked for; velocities beyond its greatest ones are clamped.
    public Speeds speeds(PtzVelocity velocity) {
        return new Speeds(
                speed(velocity.panDegreesPerSecond(), maxSpeed.panDegreesPerSecond()),
                speed(velocity.tiltDegreesPerSecond(), maxSpeed.tiltDegreesPerSecond()),
                speed(velocity.zoomRatePerSecond(), maxSpeed.zoomRatePerSecond()));
    }

    /// What these speeds mean, the other way round.
    public PtzVelocity velocity(Speeds speeds) {
        return new PtzVelocity(
                speeds.pan() * maxSpeed.panDegreesPerSecond() / FULL_SPEED,
                speeds.tilt() * maxSpeed.tiltDegreesPerSecond() / FULL_SPEED,
                speeds.zoom() * maxSpeed.zoomRatePerSecond() / FULL_SPEED);
    }

    /// 0 (included) to 360 (not included).
    public double azimuth(double panDegrees) {
        double turned = panDegrees % TURN;
        return turned < 0 ? turned + TURN : turned;
    }

    public double elevation(double tiltDegrees) {
        return tiltSign * tiltDegrees;
    }

    /// - `azimuth`, `elevation`: degrees
    /// - `pan`: the range to bring the azimuth into, by whole turns, where that is possible
    public PtzPosition position(double azimuth, double elevation, double zoom, PtzRange pan) {
        double degrees = azimuth;
        while (degrees > pan.max() && degrees - TURN >= pan.min()) {
            degrees -= TURN;
        }
        while (degrees < pan.min() && degrees + TURN <= pan.max()) {
            degrees += TURN;
        }
        return new PtzPosition(degrees, tiltSign * elevation, Math.max(1, zoom));
    }

    private static int speed(double wanted, double full) {
        return full <= 0 ? 0 : Math.clamp(Math.round(wanted / full * FULL_SPEED), -FULL_SPEED, FULL_SPEED);
    }
}
