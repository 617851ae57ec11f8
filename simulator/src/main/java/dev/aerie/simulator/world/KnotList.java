package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.Spline;
import java.util.ArrayList;
import java.util.List;

/// Control values of an open spline, put down one after the other.
final class KnotList {

    private final List<Double> values = new ArrayList<>();

    KnotList(double first) {
        values.add(first);
    }

    /// The last value, so many times again.
    KnotList hold(int knots) {
        return ramp(knots, values.getLast());
    }

    /// In so many even steps to a value.
    KnotList ramp(int knots, double to) {
        double from = values.getLast();
        for (int i = 1; i <= knots; i++) {
            values.add(from + (to - from) * i / knots);
        }
        return this;
    }

    int count() {
        return values.size();
    }

    Spline open(double knotSeconds) {
        return Spline.open(values.stream().mapToDouble(Double::doubleValue).toArray(), knotSeconds);
    }
}
