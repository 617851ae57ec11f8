package dev.aerie.ptz.calibration;

import dev.aerie.ptz.camera.PtzVelocity;

/// One move of the procedure.
///
/// - `axis`: that turns
/// - `speed`: commanded, degrees/s; positive to the right or up
/// - `measured`: false for one that only takes up the play of the gear
record CalibrationMove(Axis axis, double speed, boolean measured) {

    enum Axis {
        PAN,
        TILT
    }

    CalibrationMove withSpeed(double degreesPerSecond) {
        return new CalibrationMove(axis, degreesPerSecond, measured);
    }

    PtzVelocity velocity() {
        return switch (axis) {
            case PAN -> new PtzVelocity(speed, 0, 0);
            case TILT -> new PtzVelocity(0, speed, 0);
        };
    }
}
