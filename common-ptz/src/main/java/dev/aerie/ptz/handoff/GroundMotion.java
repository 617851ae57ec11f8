package dev.aerie.ptz.handoff;

import dev.aerie.ptz.site.EastNorthUp;

/// Position and velocity of a target on the ground, from noisy positions: a Kalman filter of constant velocity, alike
/// in both axes. Used by one thread.
///
/// Source: Y. Bar-Shalom, X. Li and T. Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001,
/// section 6.3.2 (discretized continuous white noise acceleration).
final class GroundMotion {

    /// Nobody on foot is faster: the standard deviation of a velocity of which nothing is known.
    private static final double UNKNOWN_SPEED_METRES = 1.5;

    private final double accelerationVariance;
    private EastNorthUp position;
    private EastNorthUp velocity = new EastNorthUp(0, 0, 0);
    private double positionVariance;
    private double covariance;
    private double velocityVariance = UNKNOWN_SPEED_METRES * UNKNOWN_SPEED_METRES;
    private long atNanos;

    /// - `errorMetres`: standard deviation of the position in each axis
    GroundMotion(EastNorthUp position, double errorMetres, double accelerationMetres, long nowNanos) {
        this.position = position;
        this.accelerationVariance = accelerationMetres * accelerationMetres;
        this.positionVariance = errorMetres * errorMetres;
        this.atNanos = nowNanos;
    }

    /// The target at a time.
    ///
    /// - `velocity`: per second
    /// - `positionVariance`, `velocityVariance`: of each axis, m² and m²/s²
    record State(EastNorthUp position, EastNorthUp velocity, double positionVariance, double velocityVariance) {}

    /// At a time not before the last position.
    State at(long nanos) {
        double t = Math.max(0, (nanos - atNanos) / 1e9);
        return new State(
                position.plus(velocity.times(t)),
                velocity,
                positionVariance + 2 * t * covariance + t * t * velocityVariance + accelerationVariance * t * t * t / 3,
                velocityVariance + accelerationVariance * t);
    }

    /// Takes a new position in.
    void measured(EastNorthUp measured, double errorMetres, long nanos) {
        double t = Math.max(0, (nanos - atNanos) / 1e9);
        var now = at(nanos);
        double cross = covariance + t * velocityVariance + accelerationVariance * t * t / 2;
        double innovation = now.positionVariance + errorMetres * errorMetres;
        double positionGain = now.positionVariance / innovation;
        double velocityGain = cross / innovation;
        var surprise = measured.minus(now.position);
        position = now.position.plus(surprise.times(positionGain));
        velocity = velocity.plus(surprise.times(velocityGain));
        positionVariance = (1 - positionGain) * now.positionVariance;
        covariance = (1 - positionGain) * cross;
        velocityVariance = now.velocityVariance - velocityGain * cross;
        atNanos = Math.max(atNanos, nanos);
    }
}
