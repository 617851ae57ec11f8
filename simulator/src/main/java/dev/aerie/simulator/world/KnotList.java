package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.Spline;
import java.util.ArrayList;
import java.util.List;

/// Builds the control values of an open spline.
final class KnotList {

    private final List<Double> values = new ArrayList<>();

    KnotList(double first) {
        values.add(first);
    }

    /// Repeats the last value.
    KnotList hold(int knots) {
        return ramp(knots, values.getLast());
    }

    /// Adds even steps to a value.
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
