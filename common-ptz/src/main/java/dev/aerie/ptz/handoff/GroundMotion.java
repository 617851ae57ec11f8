package dev.aerie.ptz.handoff;

import dev.aerie.ptz.site.EastNorthUp;

/// Position and velocity of a target on the ground, from noisy positions: a Kalman filter of constant velocity in two
/// dimensions. Used by one thread.
///
/// Source: Y. Bar-Shalom, X. Li and T. Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001,
/// section 6.3.2 (discretized continuous white noise acceleration).
final class GroundMotion {

    /// Nobody on foot is faster: the standard deviation of a velocity of which nothing is known.
    private static final double UNKNOWN_SPEED_METRES = 1.5;

    private final double accelerationVariance;
    private EastNorthUp position;
    private EastNorthUp velocity = new EastNorthUp(0, 0, 0);
    private GroundMatrix positionSpread;
    private GroundMatrix crossSpread = GroundMatrix.diagonal(0);
    private GroundMatrix velocitySpread = GroundMatrix.diagonal(UNKNOWN_SPEED_METRES * UNKNOWN_SPEED_METRES);
    private long atNanos;

    GroundMotion(GroundSensor.Fix first, double accelerationMetres, long nowNanos) {
        this.position = first.position();
        this.accelerationVariance = accelerationMetres * accelerationMetres;
        this.positionSpread = first.spread();
        this.atNanos = nowNanos;
    }

    /// The target at a time.
    ///
    /// - `velocity`: per second
    /// - `positionSpread`, `velocitySpread`: covariances, m² and m²/s²
    record State(
            EastNorthUp position, EastNorthUp velocity, GroundMatrix positionSpread, GroundMatrix velocitySpread) {}

    /// At a time not before the last position.
    State at(long nanos) {
        double t = Math.max(0, (nanos - atNanos) / 1e9);
        return new State(
                position.plus(velocity.times(t)),
                velocity,
                positionSpread
                        .plus(crossSpread.plus(crossSpread.transposed()).times(t))
                        .plus(velocitySpread.times(t * t))
                        .plus(GroundMatrix.diagonal(accelerationVariance * t * t * t / 3)),
                velocitySpread.plus(GroundMatrix.diagonal(accelerationVariance * t)));
    }

    /// Takes a new position in.
    void measured(GroundSensor.Fix fix, long nanos) {
        double t = Math.max(0, (nanos - atNanos) / 1e9);
        var now = at(nanos);
        GroundMatrix cross =
                crossSpread.plus(velocitySpread.times(t)).plus(GroundMatrix.diagonal(accelerationVariance * t * t / 2));
        GroundMatrix weight = now.positionSpread.plus(fix.spread()).inverse();
        GroundMatrix positionGain = now.positionSpread.times(weight);
        GroundMatrix velocityGain = cross.transposed().times(weight);
        var surprise = fix.position().minus(now.position);
        position = now.position.plus(positionGain.times(surprise));
        velocity = velocity.plus(velocityGain.times(surprise));
        positionSpread = now.positionSpread.minus(positionGain.times(now.positionSpread));
        crossSpread = cross.minus(positionGain.times(cross));
        velocitySpread = now.velocitySpread.minus(velocityGain.times(cross));
        atNanos = Math.max(atNanos, nanos);
    }
}
