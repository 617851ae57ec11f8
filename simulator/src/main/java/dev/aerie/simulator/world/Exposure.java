package dev.aerie.simulator.world;

/// How bright pictures are: 1 by day, [#DARKEST] between two moments, fading within one second before and after.
public record Exposure(double darkFromSeconds, double darkUntilSeconds) {

    static final Exposure DAYLIGHT = new Exposure(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// What is left of the light in the dark: noise level of an 8-bit picture.
    public static final double DARKEST = 0.012;

    /// 0..1.
    public double at(double seconds) {
        double away = Math.max(darkFromSeconds - seconds, seconds - darkUntilSeconds);
        double share = Math.clamp(away, 0, 1);
        return DARKEST + (1 - DARKEST) * share * share * (3 - 2 * share);
    }
}
