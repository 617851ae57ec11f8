package dev.aerie.slam.tuning;

/// When the places of a trajectory and those that a vehicle reports align the map with the earth.
///
/// - `maxPairs`: pairs of a place in the map and a fix that are fitted, the newest
/// - `minPairs`: that a fit needs
/// - `independentPairs`: more pairs make the fit no surer, for neighbouring fixes err alike
/// - `pairEveryNanos`: least time between two of them
/// - `maxPoseGapNanos`: longest time between two poses in which the place of a fix is interpolated
/// - `minSigmaMetres`: error of a fix that is assumed at least
/// - `maxTiltRadians`: how far up may be uncertain, one sigma
public record GeoAlignmentConfig(
        int maxPairs,
        int minPairs,
        int independentPairs,
        long pairEveryNanos,
        long maxPoseGapNanos,
        double minSigmaMetres,
        double maxTiltRadians) {

    public static final GeoAlignmentConfig DEFAULT =
            new GeoAlignmentConfig(300, 12, 20, 400_000_000, 500_000_000, 0.3, Math.toRadians(3));

    public GeoAlignmentConfig {
        Bounds.positive("maxPairs", maxPairs);
        Bounds.positive("minPairs", minPairs);
        Bounds.positive("independentPairs", independentPairs);
        Bounds.notNegative("pairEveryNanos", pairEveryNanos);
        Bounds.positive("maxPoseGapNanos", maxPoseGapNanos);
        Bounds.positive("minSigmaMetres", minSigmaMetres);
        Bounds.positive("maxTiltRadians", maxTiltRadians);
    }
}
