package dev.aerie.ptz.aim;

import dev.aerie.ptz.camera.Direction;

/// How fast a direction changes, degrees per second to the right and up.
record AngularVelocity(double panDegreesPerSecond, double tiltDegreesPerSecond) {

    static final AngularVelocity ZERO = new AngularVelocity(0, 0);

    /// Over the sphere: pan counts less, the higher or lower one looks.
    double speed(Direction at) {
        double across = panDegreesPerSecond * Math.cos(Math.toRadians(at.tiltDegrees()));
        return Math.hypot(across, tiltDegreesPerSecond);
    }

    Direction after(Direction from, double seconds) {
        return new Direction(
                from.panDegrees() + panDegreesPerSecond * seconds,
                Math.clamp(from.tiltDegrees() + tiltDegreesPerSecond * seconds, -90, 90));
    }

    /// Moved towards another by a share of the difference, 0..1.
    AngularVelocity towards(AngularVelocity other, double share) {
        return new AngularVelocity(
                panDegreesPerSecond + share * (other.panDegreesPerSecond - panDegreesPerSecond),
                tiltDegreesPerSecond + share * (other.tiltDegreesPerSecond - tiltDegreesPerSecond));
    }
}
