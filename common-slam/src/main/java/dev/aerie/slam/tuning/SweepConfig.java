package dev.aerie.slam.tuning;

/// Which keyframes are matched for depths, and what of the depths is believed.
///
/// - `partners`: earlier keyframes that each one is matched with
/// - `remembered`: earlier keyframes from which they are chosen
/// - `maxKeyframes`: whose depths are kept
/// - `minBaseline`, `bestBaseline`, `maxBaseline`: between two partners, as fractions of the depth in the middle
/// - `maxRotationRadians`: between two partners
/// - `cubesToDepth`: cubes of the field of distances along the median depth
/// - `maxCubes`: of the field
/// - `agreement`: fraction of its depth by which a partner may disagree
/// - `uniqueness`: how many times worse the next best plane must fit
/// - `maxCostBits`: of the 24 of a census in which the best plane may differ
public record SweepConfig(
        int partners,
        int remembered,
        int maxKeyframes,
        double minBaseline,
        double bestBaseline,
        double maxBaseline,
        double maxRotationRadians,
        double cubesToDepth,
        int maxCubes,
        double agreement,
        double uniqueness,
        int maxCostBits) {

    public static final SweepConfig DEFAULT =
            new SweepConfig(2, 8, 120, 0.02, 0.08, 0.4, Math.toRadians(25), 120, 1 << 20, 0.03, 1.04, 9);

    public SweepConfig {
        Bounds.positive("partners", partners);
        Bounds.positive("remembered", remembered);
        Bounds.positive("maxKeyframes", maxKeyframes);
        Bounds.notNegative("minBaseline", minBaseline);
        Bounds.positive("bestBaseline", bestBaseline);
        Bounds.positive("maxBaseline", maxBaseline);
        Bounds.positive("maxRotationRadians", maxRotationRadians);
        Bounds.positive("cubesToDepth", cubesToDepth);
        Bounds.positive("maxCubes", maxCubes);
        Bounds.fraction("agreement", agreement);
        Bounds.positive("uniqueness", uniqueness);
        Bounds.notNegative("maxCostBits", maxCostBits);
    }
}
