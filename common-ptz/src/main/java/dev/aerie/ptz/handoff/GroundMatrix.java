package dev.aerie.ptz.handoff;

import dev.aerie.ptz.site.EastNorthUp;

/// A matrix of two rows and two columns over the ground: east first, then north.
record GroundMatrix(double ee, double en, double ne, double nn) {

    static GroundMatrix diagonal(double value) {
        return new GroundMatrix(value, 0, 0, value);
    }

    /// The covariance of an error that differs along a direction and across it.
    ///
    /// - `way`: the direction on the ground; of no length where there is none
    /// - `along`, `across`: standard deviations
    static GroundMatrix of(EastNorthUp way, double along, double across) {
        double length = Math.hypot(way.eastMetres(), way.northMetres());
        if (length == 0) {
            return diagonal(along * along);
        }
        double east = way.eastMetres() / length;
        double north = way.northMetres() / length;
        double most = along * along;
        double least = across * across;
        double mixed = (most - least) * east * north;
        return new GroundMatrix(
                most * east * east + least * north * north, mixed, mixed, most * north * north + least * east * east);
    }

    GroundMatrix plus(GroundMatrix other) {
        return new GroundMatrix(ee + other.ee, en + other.en, ne + other.ne, nn + other.nn);
    }

    GroundMatrix minus(GroundMatrix other) {
        return plus(other.times(-1));
    }

    GroundMatrix times(double factor) {
        return new GroundMatrix(ee * factor, en * factor, ne * factor, nn * factor);
    }

    GroundMatrix times(GroundMatrix other) {
        return new GroundMatrix(
                ee * other.ee + en * other.ne,
                ee * other.en + en * other.nn,
                ne * other.ee + nn * other.ne,
                ne * other.en + nn * other.nn);
    }

    /// On the ground; what is above it is left out.
    EastNorthUp times(EastNorthUp way) {
        return new EastNorthUp(
                ee * way.eastMetres() + en * way.northMetres(), ne * way.eastMetres() + nn * way.northMetres(), 0);
    }

    GroundMatrix transposed() {
        return new GroundMatrix(ee, ne, en, nn);
    }

    /// Of a covariance, which always has one.
    GroundMatrix inverse() {
        double determinant = ee * nn - en * ne;
        return new GroundMatrix(nn, -en, -ne, ee).times(1 / determinant);
    }

    /// The square of an error's size in standard deviations, where this is its covariance.
    double squaredSizeOf(EastNorthUp error) {
        var weighed = inverse().times(error);
        return error.eastMetres() * weighed.eastMetres() + error.northMetres() * weighed.northMetres();
    }
}
