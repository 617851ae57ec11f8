package dev.aerie.ptz.camera;

/// The values that an axis may take, both ends included.
public record PtzRange(double min, double max) {

    public PtzRange {
        if (!(min <= max) || !Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException("expected min <= max, finite, was " + min + ", " + max);
        }
    }

    public double clamp(double value) {
        return Math.clamp(value, min, max);
    }

    public boolean contains(double value) {
        return value >= min && value <= max;
    }
}
