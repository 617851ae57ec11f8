package dev.aerie.ptz.camera;

/// A direction as seen from a camera's mounting, whatever the camera points at.
///
/// - `panDegrees`: to the right of the camera's zero; not wrapped, 370 is 10 after one turn
/// - `tiltDegrees`: above the horizon of the mounting
public record Direction(double panDegrees, double tiltDegrees) {

    public Direction {
        if (!Double.isFinite(panDegrees) || !Double.isFinite(tiltDegrees)) {
            throw new IllegalArgumentException("a direction must be finite, was " + panDegrees + ", " + tiltDegrees);
        }
    }

    /// Where a camera in this position points.
    public static Direction of(PtzPosition position) {
        return new Direction(position.panDegrees(), position.tiltDegrees());
    }

    /// The angle between two directions in degrees, 0..180.
    public double angleTo(Direction other) {
        double pan = Math.toRadians(other.panDegrees - panDegrees);
        double tilt = Math.toRadians(tiltDegrees);
        double otherTilt = Math.toRadians(other.tiltDegrees);
        double across = Math.hypot(
                Math.cos(otherTilt) * Math.sin(pan),
                Math.cos(tilt) * Math.sin(otherTilt) - Math.sin(tilt) * Math.cos(otherTilt) * Math.cos(pan));
        double along = Math.sin(tilt) * Math.sin(otherTilt) + Math.cos(tilt) * Math.cos(otherTilt) * Math.cos(pan);
        return Math.toDegrees(Math.atan2(across, along));
    }
}
