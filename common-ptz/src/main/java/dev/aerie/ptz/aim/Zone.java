package dev.aerie.ptz.aim;

/// A part of the view that counts more or less than the rest.
///
/// - `weight`: multiplies the interest of whoever stands in it; 0 ignores them, unless a person chose them
public record Zone(String name, ZoneArea area, double weight) {

    public Zone {
        if (!(weight >= 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight must be >= 0, was " + weight);
        }
    }

    /// A zone in which nobody is followed.
    public static Zone ignored(String name, ZoneArea area) {
        return new Zone(name, area, 0);
    }
}
