package dev.aerie.ptz.site;

/// A point of the site from its origin, or the way from one point to another; metres.
public record EastNorthUp(double eastMetres, double northMetres, double upMetres) {

    public EastNorthUp {
        if (!Double.isFinite(eastMetres) || !Double.isFinite(northMetres) || !Double.isFinite(upMetres)) {
            throw new IllegalArgumentException(
                    "a point must be finite, was " + eastMetres + ", " + northMetres + ", " + upMetres);
        }
    }

    public EastNorthUp plus(EastNorthUp other) {
        return new EastNorthUp(
                eastMetres + other.eastMetres, northMetres + other.northMetres, upMetres + other.upMetres);
    }

    public EastNorthUp minus(EastNorthUp other) {
        return plus(other.times(-1));
    }

    public EastNorthUp times(double factor) {
        return new EastNorthUp(eastMetres * factor, northMetres * factor, upMetres * factor);
    }

    public double dot(EastNorthUp other) {
        return eastMetres * other.eastMetres + northMetres * other.northMetres + upMetres * other.upMetres;
    }

    public double lengthMetres() {
        return Math.sqrt(dot(this));
    }

    public double distanceTo(EastNorthUp other) {
        return minus(other).lengthMetres();
    }

    /// The point straight above or below, at another height.
    public EastNorthUp at(double newUpMetres) {
        return new EastNorthUp(eastMetres, northMetres, newUpMetres);
    }
}
