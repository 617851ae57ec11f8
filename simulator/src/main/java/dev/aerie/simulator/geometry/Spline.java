package dev.aerie.simulator.geometry;

/// A uniform cubic B-spline of one quantity over time: continuous up to its second derivative.
///
/// Open splines start at rest in their first control value and come to rest in the last, for ever; closed ones
/// repeat, each round adding `perRound` (a full revolution for an angle, 0 for a coordinate).
public final class Spline {

    private final double[] controls;
    private final double knotSeconds;
    private final boolean closed;
    private final double perRound;

    private Spline(double[] controls, double knotSeconds, boolean closed, double perRound) {
        if (controls.length < 2 || !(knotSeconds > 0)) {
            throw new IllegalArgumentException("a spline needs two control values and a knot time > 0, had "
                    + controls.length + " and " + knotSeconds);
        }
        this.controls = controls.clone();
        this.knotSeconds = knotSeconds;
        this.closed = closed;
        this.perRound = perRound;
    }

    public static Spline open(double[] controls, double knotSeconds) {
        return new Spline(controls, knotSeconds, false, 0);
    }

    public static Spline closed(double[] controls, double knotSeconds, double perRound) {
        return new Spline(controls, knotSeconds, true, perRound);
    }

    public static Spline constant(double value) {
        return new Spline(new double[] {value, value}, 1, false, 0);
    }

    public double value(double seconds) {
        double f = fraction(seconds);
        int i = segment(seconds);
        double r = 1 - f;
        return (r * r * r * control(i - 1)
                        + (3 * f * f * f - 6 * f * f + 4) * control(i)
                        + (3 * r * r * r - 6 * r * r + 4) * control(i + 1)
                        + f * f * f * control(i + 2))
                / 6;
    }

    /// First derivative, per second.
    public double rate(double seconds) {
        double f = fraction(seconds);
        int i = segment(seconds);
        double r = 1 - f;
        return (-r * r * control(i - 1)
                        + (3 * f * f - 4 * f) * control(i)
                        + (4 * r - 3 * r * r) * control(i + 1)
                        + f * f * control(i + 2))
                / (2 * knotSeconds);
    }

    /// Second derivative, per second².
    public double acceleration(double seconds) {
        double f = fraction(seconds);
        int i = segment(seconds);
        return ((1 - f) * control(i - 1) + (3 * f - 2) * control(i) + (1 - 3 * f) * control(i + 1) + f * control(i + 2))
                / (knotSeconds * knotSeconds);
    }

    private int segment(double seconds) {
        return (int) Math.floor(seconds / knotSeconds);
    }

    private double fraction(double seconds) {
        return seconds / knotSeconds - Math.floor(seconds / knotSeconds);
    }

    private double control(int index) {
        int count = controls.length;
        if (closed) {
            return controls[Math.floorMod(index, count)] + perRound * Math.floorDiv(index, count);
        }
        return controls[Math.clamp(index, 0, count - 1)];
    }
}
