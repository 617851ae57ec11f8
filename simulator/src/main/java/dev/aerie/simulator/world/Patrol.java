package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.geometry.Spline;

/// An endless flight round a block with round corners that stops repeatedly.
///
/// - `halfSideMetres`: from the block's centre to the path; `cornerMetres` is the radius of its corners
/// - `stops`: number of stops per round; the flight between two takes `goSeconds`, each stop `haltSeconds`
record Patrol(
        double centreX,
        double centreY,
        double halfSideMetres,
        double cornerMetres,
        int stops,
        double goSeconds,
        double haltSeconds) {

    private static final double KNOT_SECONDS = 0.5;

    /// Of one round.
    double seconds() {
        return stops * (goSeconds + haltSeconds);
    }

    /// At an even height, looking down by `pitchRadians`, heading along the path; begins with a stop.
    FlightPath flight(double heightMetres, double pitchRadians) {
        int count = (int) Math.round(seconds() / KNOT_SECONDS);
        double[] x = new double[count];
        double[] y = new double[count];
        double[] yaw = new double[count];
        double[] z = new double[count];
        for (int i = 0; i < count; i++) {
            double gone = gone(i * KNOT_SECONDS);
            place(gone, i, x, y, yaw);
            z[i] = heightMetres + 0.4 * StrictMath.sin(8 * Math.PI * gone / length());
        }
        return new FlightPath(
                Spline.closed(x, KNOT_SECONDS, 0),
                Spline.closed(y, KNOT_SECONDS, 0),
                Spline.closed(z, KNOT_SECONDS, 0),
                Spline.closed(yaw, KNOT_SECONDS, 2 * Math.PI),
                Spline.constant(pitchRadians),
                Spline.constant(0));
    }

    private double straightMetres() {
        return 2 * (halfSideMetres - cornerMetres);
    }

    private double sideMetres() {
        return straightMetres() + cornerMetres * Math.PI / 2;
    }

    private double length() {
        return 4 * sideMetres();
    }

    /// Distance along the path at a time: rests, then moves to the next stop with a smooth start and end.
    private double gone(double seconds) {
        double cycle = goSeconds + haltSeconds;
        double round = Math.floor(seconds / cycle);
        double fraction = Math.clamp((seconds - round * cycle - haltSeconds) / goSeconds, 0, 1);
        double soft = fraction - StrictMath.sin(2 * Math.PI * fraction) / (2 * Math.PI) * 0.7;
        return (round + soft) * length() / stops;
    }

    /// East along the south side first, counter-clockwise; from the middle of that side on.
    private void place(double gone, int i, double[] x, double[] y, double[] yaw) {
        double from = gone + straightMetres() / 2;
        double sides = Math.floor(from / sideMetres());
        double along = from - sides * sideMetres();
        double turned = Math.max(0, along - straightMetres()) / cornerMetres;
        double inner = halfSideMetres - cornerMetres;
        double right = Math.min(along, straightMetres()) - inner + cornerMetres * StrictMath.sin(turned);
        double up = -inner - cornerMetres * StrictMath.cos(turned);
        double quarter = sides * Math.PI / 2;
        x[i] = centreX + right * StrictMath.cos(quarter) - up * StrictMath.sin(quarter);
        y[i] = centreY + right * StrictMath.sin(quarter) + up * StrictMath.cos(quarter);
        yaw[i] = turned + quarter;
    }
}
