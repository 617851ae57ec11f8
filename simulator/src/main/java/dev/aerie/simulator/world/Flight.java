package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.geometry.Spline;
import java.util.ArrayList;
import java.util.List;

/// Turns a route along the streets into a smooth flight: control points at even steps, heading along the path.
final class Flight {

    private final List<double[]> points = new ArrayList<>();
    private final double stepMetres;
    private final double knotSeconds;

    /// - `stepMetres`: between control points; short steps take corners sharply
    /// - `metresPerSecond`: speed along them
    Flight(double stepMetres, double metresPerSecond) {
        this.stepMetres = stepMetres;
        this.knotSeconds = stepMetres / metresPerSecond;
    }

    /// Adds the points from (x, y) up to, not including, (toX, toY).
    Flight leg(double x, double y, double toX, double toY) {
        double length = Math.sqrt((toX - x) * (toX - x) + (toY - y) * (toY - y));
        int steps = (int) Math.round(length / stepMetres);
        for (int i = 0; i < steps; i++) {
            double fraction = (double) i / steps;
            points.add(new double[] {x + fraction * (toX - x), y + fraction * (toY - y)});
        }
        return this;
    }

    /// The same round in the same time, with the speed varying `times` times, slowest first: at 1 - `swing` to 1 +
    /// `swing` times the speed.
    Flight braking(double swing, int times) {
        var paced = new Flight(stepMetres, stepMetres / knotSeconds);
        int count = points.size();
        double turns = 2 * Math.PI * times / count;
        for (int i = 0; i < count; i++) {
            double at = i - swing * StrictMath.sin(turns * i) / turns;
            int before = (int) Math.floor(at);
            double fraction = at - before;
            double[] a = points.get(Math.floorMod(before, count));
            double[] b = points.get(Math.floorMod(before + 1, count));
            paced.points.add(new double[] {a[0] + fraction * (b[0] - a[0]), a[1] + fraction * (b[1] - a[1])});
        }
        return paced;
    }

    /// Seconds of one round, or from end to end.
    double seconds() {
        return points.size() * knotSeconds;
    }

    /// An endless round: weaving by `swayMetres`, rising and sinking round `heightMetres`, banking a little.
    FlightPath round(double heightMetres, double swayMetres, double pitchRadians) {
        int count = points.size();
        double[][] controls = new double[6][count];
        double heading = headingAt(0);
        double first = heading;
        for (int i = 0; i < count; i++) {
            heading = unwrapped(headingAt(i), heading);
            double phase = 2 * Math.PI * i / count;
            double sway = swayMetres * StrictMath.sin(7 * phase);
            controls[0][i] = points.get(i)[0] - sway * StrictMath.sin(heading);
            controls[1][i] = points.get(i)[1] + sway * StrictMath.cos(heading);
            controls[2][i] = heightMetres + swayMetres * StrictMath.sin(3 * phase);
            controls[3][i] = heading + 0.06 * swayMetres * StrictMath.sin(5 * phase);
            controls[4][i] = pitchRadians + 0.03 * swayMetres * StrictMath.sin(4 * phase);
            controls[5][i] = 0.03 * swayMetres * StrictMath.sin(6 * phase);
        }
        double turned = unwrapped(headingAt(0), heading) - first;
        return new FlightPath(
                closed(controls[0], 0),
                closed(controls[1], 0),
                closed(controls[2], 0),
                closed(controls[3], turned),
                closed(controls[4], 0),
                closed(controls[5], 0));
    }

    /// From the first point to the last and then hovering there, straight and level.
    FlightPath oneWay(double heightMetres, double pitchRadians) {
        double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
        var level = Spline.constant(0);
        double heading = StrictMath.atan2(y[1] - y[0], x[1] - x[0]);
        return new FlightPath(
                Spline.open(x, knotSeconds),
                Spline.open(y, knotSeconds),
                Spline.constant(heightMetres),
                Spline.constant(heading),
                Spline.constant(pitchRadians),
                level);
    }

    private Spline closed(double[] controls, double perRound) {
        return Spline.closed(controls, knotSeconds, perRound);
    }

    private double headingAt(int index) {
        int count = points.size();
        double[] before = points.get(Math.floorMod(index - 1, count));
        double[] after = points.get(Math.floorMod(index + 1, count));
        return StrictMath.atan2(after[1] - before[1], after[0] - before[0]);
    }

    /// The angle nearest to `near` that differs from `angle` by whole revolutions.
    private static double unwrapped(double angle, double near) {
        return angle - 2 * Math.PI * Math.rint((angle - near) / (2 * Math.PI));
    }
}
