package dev.aerie.ptz.aim;

/// How a target that is no longer detected is found again.
///
/// - `patienceSeconds`: for so long it is looked for; afterwards another is chosen, or, for one that a person chose,
///   only its identity or its track id brings it back
/// - `gateHeights`: how far from its predicted place a track of the same label may be, in heights of the target
/// - `gateGrowthDegreesPerSecond`: by which the gate widens while it is lost
/// - `maxSizeRatio`: how much larger or smaller it may be, in angular height
/// - `identityGateFactor`: by which the gate is wider for a track whose identity is the target's
public record LossConfig(
        double patienceSeconds,
        double gateHeights,
        double gateGrowthDegreesPerSecond,
        double maxSizeRatio,
        double identityGateFactor) {

    public static final LossConfig DEFAULT = new LossConfig(3, 0.6, 2, 1.6, 8);

    public LossConfig {
        if (!(patienceSeconds >= 0) || !(gateHeights > 0) || !(gateGrowthDegreesPerSecond >= 0)) {
            throw new IllegalArgumentException("expected patience >= 0, gate > 0, growth >= 0, was " + patienceSeconds
                    + ", " + gateHeights + ", " + gateGrowthDegreesPerSecond);
        }
        if (!(maxSizeRatio >= 1) || !(identityGateFactor >= 1)) {
            throw new IllegalArgumentException("expected ratios >= 1, was " + maxSizeRatio + ", " + identityGateFactor);
        }
    }
}
