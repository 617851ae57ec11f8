package dev.aerie.slam.tuning;

/// How a camera that sees nothing is followed by its inertial sensor.
///
/// - `windowNanos`: of the last frames tracked, which give place, velocity and attitude at the last of them
/// - `minFrames`: in that window
/// - `maxNanos`: since the last frame tracked; after it no pose is predicted
/// - `maxSigmaMetres`: of the predicted place along any axis, likewise
/// - `placeSigmaMetres`: of the place at the last frame, at least
/// - `velocitySigma`: of the velocity there, at least, m/s
/// - `attitudeSigmaDegrees`: of the attitude there
/// - `gyroBiasSigma`: of what is known of the gyroscope's bias by then, rad/s
/// - `forceBiasSigma`: of the accelerometer's bias, m/s²
/// - `scaleSigma`: of the map's scale, as a fraction of it: it makes the velocity as wrong
/// - `maxSigmas`: farther from the predicted pose the camera is not found again
/// - `foundErrorDegrees`: how far the attitude of a frame that was just found again may be off
/// - `maxScaleSigma`: of a new submap's scale by the predicted poses, as a fraction of it; above it the submap is not
///   laid into the lost one's world
public record DeadReckoningConfig(
        long windowNanos,
        int minFrames,
        long maxNanos,
        double maxSigmaMetres,
        double placeSigmaMetres,
        double velocitySigma,
        double attitudeSigmaDegrees,
        double gyroBiasSigma,
        double forceBiasSigma,
        double scaleSigma,
        double maxSigmas,
        double foundErrorDegrees,
        double maxScaleSigma) {

    public static final DeadReckoningConfig DEFAULT = new DeadReckoningConfig(
            1_500_000_000L, 5, 10_000_000_000L, 1, 0.01, 0.03, 0.1, 2e-4, 0.01, 0.02, 5, 2, 0.05);

    public DeadReckoningConfig {
        Bounds.positive("windowNanos", windowNanos);
        Bounds.atLeast("minFrames", minFrames, 3);
        Bounds.positive("maxNanos", maxNanos);
        Bounds.positive("scaleSigma", scaleSigma);
        Bounds.positive("maxSigmaMetres", maxSigmaMetres);
        Bounds.positive("placeSigmaMetres", placeSigmaMetres);
        Bounds.positive("velocitySigma", velocitySigma);
        Bounds.positive("attitudeSigmaDegrees", attitudeSigmaDegrees);
        Bounds.positive("gyroBiasSigma", gyroBiasSigma);
        Bounds.positive("forceBiasSigma", forceBiasSigma);
        Bounds.positive("maxSigmas", maxSigmas);
        Bounds.notNegative("foundErrorDegrees", foundErrorDegrees);
        Bounds.positive("maxScaleSigma", maxScaleSigma);
    }
}
