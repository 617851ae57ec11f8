package dev.aerie.ptz.site;

import dev.aerie.ptz.camera.Direction;

/// Where a camera stands on the site and how it is turned, at pan 0 and tilt 0.
///
/// - `eastMetres`, `northMetres`, `upMetres`: of its optical centre, from the site's origin
/// - `headingDegrees`: where pan 0 points, clockwise from north
/// - `tiltDegrees`: of the mounting above the horizon; `rollDegrees`: clockwise as the camera sees
public record MountingPose(
        double eastMetres,
        double northMetres,
        double upMetres,
        double headingDegrees,
        double tiltDegrees,
        double rollDegrees) {

    /// A camera that stands upright.
    public static MountingPose upright(double eastMetres, double northMetres, double upMetres, double headingDegrees) {
        return new MountingPose(eastMetres, northMetres, upMetres, headingDegrees, 0, 0);
    }

    public EastNorthUp position() {
        return new EastNorthUp(eastMetres, northMetres, upMetres);
    }

    /// The way of length 1 in which a direction of the camera points on the site.
    public EastNorthUp towards(Direction direction) {
        double pan = Math.toRadians(direction.panDegrees());
        double tilt = Math.toRadians(direction.tiltDegrees());
        var axes = axes();
        return axes.forward()
                .times(Math.cos(tilt) * Math.cos(pan))
                .plus(axes.right().times(Math.cos(tilt) * Math.sin(pan)))
                .plus(axes.up().times(Math.sin(tilt)));
    }

    /// The direction in which the camera sees a point; pan is -180..180. The camera's own place is straight ahead.
    public Direction directionTo(EastNorthUp point) {
        var way = point.minus(position());
        var axes = axes();
        double right = way.dot(axes.right());
        double forward = way.dot(axes.forward());
        double up = way.dot(axes.up());
        return new Direction(
                Math.toDegrees(Math.atan2(right, forward)), Math.toDegrees(Math.atan2(up, Math.hypot(right, forward))));
    }

    private Axes axes() {
        double heading = Math.toRadians(headingDegrees);
        double tilt = Math.toRadians(tiltDegrees);
        double roll = Math.toRadians(rollDegrees);
        var level = new EastNorthUp(Math.sin(heading), Math.cos(heading), 0);
        var right = new EastNorthUp(Math.cos(heading), -Math.sin(heading), 0);
        var forward = level.times(Math.cos(tilt)).plus(new EastNorthUp(0, 0, Math.sin(tilt)));
        var up = level.times(-Math.sin(tilt)).plus(new EastNorthUp(0, 0, Math.cos(tilt)));
        return new Axes(
                right.times(Math.cos(roll)).minus(up.times(Math.sin(roll))),
                forward,
                up.times(Math.cos(roll)).plus(right.times(Math.sin(roll))));
    }

    /// Of the mounting, each of length 1.
    private record Axes(EastNorthUp right, EastNorthUp forward, EastNorthUp up) {}
}
