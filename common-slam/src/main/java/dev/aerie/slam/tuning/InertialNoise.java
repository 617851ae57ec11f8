package dev.aerie.slam.tuning;

/// The noise of an inertial sensor: of a MEMS sensor's data sheet, and half as much again, because a drone's body
/// vibrates.
///
/// - `gyroDensity`: rad/s/√Hz; `forceDensity`: m/s²/√Hz
/// - `gyroBiasWalk`: rad/s²/√Hz; `forceBiasWalk`: m/s³/√Hz: how the biases wander
/// - `gyroBiasSigma`: of what is known of the gyroscope's bias beforehand, rad/s
/// - `forceBiasSigma`: of the accelerometer's bias, m/s²
public record InertialNoise(
        double gyroDensity,
        double forceDensity,
        double gyroBiasWalk,
        double forceBiasWalk,
        double gyroBiasSigma,
        double forceBiasSigma) {

    public static final InertialNoise DEFAULT = new InertialNoise(2e-4, 2.5e-3, 5e-5, 1e-3, 1e-2, 0.1);

    public InertialNoise {
        Bounds.positive("gyroDensity", gyroDensity);
        Bounds.positive("forceDensity", forceDensity);
        Bounds.positive("gyroBiasWalk", gyroBiasWalk);
        Bounds.positive("forceBiasWalk", forceBiasWalk);
        Bounds.positive("gyroBiasSigma", gyroBiasSigma);
        Bounds.positive("forceBiasSigma", forceBiasSigma);
    }
}
