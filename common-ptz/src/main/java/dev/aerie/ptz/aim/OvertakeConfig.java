package dev.aerie.ptz.aim;

/// When a better target takes the place of the present one.
///
/// - `factor`: it must be better than the present one by this factor, at least 1
/// - `confirmSeconds`: for so long without a break
/// - `minHoldSeconds`: and the present one must have been followed for so long
public record OvertakeConfig(double factor, double confirmSeconds, double minHoldSeconds) {

    public static final OvertakeConfig DEFAULT = new OvertakeConfig(1.4, 1.0, 2.0);

    public OvertakeConfig {
        if (!(factor >= 1) || !(confirmSeconds >= 0) || !(minHoldSeconds >= 0)) {
            throw new IllegalArgumentException("expected factor >= 1 and times >= 0, was " + factor + ", "
                    + confirmSeconds + ", " + minHoldSeconds);
        }
    }
}
