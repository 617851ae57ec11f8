package dev.aerie.slam.tuning;

/// When a window of poses and inertial readings gives the metric scale.
///
/// Source of the alignment: VINS-Mono (Qin, Li, Shen 2018), section V.B.
///
/// - `anchorNanos`: between two poses of the window
/// - `minAnchors`: poses for a solution
/// - `maxAnchors`: poses of the window
/// - `solveEveryAnchors`: poses from one solution to the next
/// - `consistentSolutions`: newest solutions that must agree
/// - `maxSolutions`: solutions averaged
/// - `maxRelativeSigma`: standard deviation of a solution's scale, as a fraction of it
/// - `maxScaleSpread`: largest over smallest scale of the newest solutions, less 1
/// - `maxRotationErrorDegrees`: root mean square between camera and gyroscope from one pose to the next
/// - `maxDisagreements`: solutions with a larger error until the gyroscope is rejected
/// - `confirmingRotationRadians`: rotation in a window that confirms the gyroscope
/// - `positionSigmaMetres`: of a position from one pose to the next
/// - `velocitySigma`: of a velocity from one pose to the next, metres per second
/// - `biasSigma`: of the accelerometer's bias, m/s²
/// - `gravitySigma`: of gravity's length, m/s²
public record InertialConfig(
        long anchorNanos,
        int minAnchors,
        int maxAnchors,
        int solveEveryAnchors,
        int consistentSolutions,
        int maxSolutions,
        double maxRelativeSigma,
        double maxScaleSpread,
        double maxRotationErrorDegrees,
        int maxDisagreements,
        double confirmingRotationRadians,
        double positionSigmaMetres,
        double velocitySigma,
        double biasSigma,
        double gravitySigma) {

    public static final InertialConfig DEFAULT =
            new InertialConfig(200_000_000L, 20, 50, 5, 4, 12, 0.04, 0.06, 0.5, 3, 0.3, 0.02, 0.01, 0.05, 0.001);

    public InertialConfig {
        Bounds.positive("anchorNanos", anchorNanos);
        Bounds.atLeast("minAnchors", minAnchors, 3);
        Bounds.atLeast("maxAnchors", maxAnchors, 3);
        Bounds.positive("solveEveryAnchors", solveEveryAnchors);
        Bounds.positive("consistentSolutions", consistentSolutions);
        Bounds.positive("maxSolutions", maxSolutions);
        Bounds.positive("maxRelativeSigma", maxRelativeSigma);
        Bounds.positive("maxScaleSpread", maxScaleSpread);
        Bounds.positive("maxRotationErrorDegrees", maxRotationErrorDegrees);
        Bounds.positive("maxDisagreements", maxDisagreements);
        Bounds.positive("confirmingRotationRadians", confirmingRotationRadians);
        Bounds.positive("positionSigmaMetres", positionSigmaMetres);
        Bounds.positive("velocitySigma", velocitySigma);
        Bounds.positive("biasSigma", biasSigma);
        Bounds.positive("gravitySigma", gravitySigma);
    }
}
