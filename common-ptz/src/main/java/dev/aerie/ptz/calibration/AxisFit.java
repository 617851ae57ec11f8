package dev.aerie.ptz.calibration;

import dev.aerie.ptz.calibration.Response.Fit;
import dev.aerie.ptz.calibration.Response.Sample;
import java.util.ArrayList;
import java.util.List;

/// The moves along one axis: one response of the head to all of them, and for each its dead time and its speed.
///
/// - `fits`: in the order of the moves
record AxisFit(Response response, List<Fit> fits) {

    private static final double[] ACCELERATIONS = {20, 35, 60, 100, 170, 300, 500, 1000, 2000};
    private static final double[] SWINGS_HERTZ = {0.5, 0.7, 0.9, 1.2, 1.6, 2.2, 3};
    private static final double[] DAMPINGS = {0.12, 0.25, 0.45};

    /// Root mean square in degrees that noise leaves.
    private static final double NOISE_DEGREES = 0.02;

    /// A swing must explain this much of what a rigid head leaves.
    private static final double EXPLAINS = 9;

    private static final int ROUNDS = 25;

    AxisFit {
        fits = List.copyOf(fits);
    }

    /// - `moves`: at least one, each of at least two samples from the command on
    static AxisFit of(List<List<Sample>> moves) {
        List<Fit> start = moves.stream().map(AxisFit::rough).toList();
        AxisFit rigid = tried(moves, start, Response.rigid(ACCELERATIONS[0]), 0.25);
        for (double acceleration : ACCELERATIONS) {
            rigid = better(rigid, tried(moves, start, Response.rigid(acceleration), 0.25));
        }
        rigid = refined(moves, rigid);
        int samples = moves.stream().mapToInt(List::size).sum();
        if (rigid.squares() < samples * NOISE_DEGREES * NOISE_DEGREES) {
            return rigid;
        }
        AxisFit swinging = rigid;
        for (double hertz : SWINGS_HERTZ) {
            for (double damping : DAMPINGS) {
                for (double acceleration : ACCELERATIONS) {
                    swinging = better(
                            swinging, tried(moves, rigid.fits(), new Response(acceleration, hertz, damping), 0.25));
                }
            }
        }
        swinging = refined(moves, swinging);
        return EXPLAINS * swinging.squares() < rigid.squares() ? swinging : rigid;
    }

    double squares() {
        return fits.stream().mapToDouble(Fit::squares).sum();
    }

    /// From the second half of the samples: their speed, and when they would have begun with it.
    private static Fit rough(List<Sample> samples) {
        Sample last = samples.getLast();
        Sample middle = samples.stream()
                .filter(sample -> Math.abs(sample.degrees()) >= Math.abs(last.degrees()) / 2)
                .findFirst()
                .orElse(samples.getFirst());
        double speed = (last.degrees() - middle.degrees()) / Math.max(0.01, last.seconds() - middle.seconds());
        double begun = speed == 0 ? 0 : last.seconds() - last.degrees() / speed;
        return new Fit(Math.max(0, begun), speed, Double.MAX_VALUE);
    }

    private static AxisFit tried(List<List<Sample>> moves, List<Fit> before, Response response, double within) {
        var fits = new ArrayList<Fit>();
        for (int i = 0; i < moves.size(); i++) {
            fits.add(response.fit(
                    moves.get(i), before.get(i).speed(), before.get(i).deadTimeSeconds(), within));
        }
        return new AxisFit(response, fits);
    }

    private static AxisFit better(AxisFit first, AxisFit second) {
        return second.squares() < first.squares() ? second : first;
    }

    private static AxisFit refined(List<List<Sample>> moves, AxisFit coarse) {
        AxisFit best = coarse;
        double step = 0.3;
        for (int round = 0; round < ROUNDS; round++) {
            AxisFit before = best;
            Response from = best.response();
            for (double factor : new double[] {Math.exp(step), Math.exp(-step)}) {
                best = better(best, tried(moves, best.fits(), accelerated(from, factor), 0.06));
                if (from.swings()) {
                    best = better(best, tried(moves, best.fits(), swung(from, factor), 0.06));
                    best = better(best, tried(moves, best.fits(), damped(from, factor), 0.06));
                }
            }
            if (best.equals(before)) {
                step /= 2;
            }
        }
        return best;
    }

    private static Response accelerated(Response from, double factor) {
        return new Response(Math.clamp(from.acceleration() * factor, 5, 5000), from.swingHertz(), from.damping());
    }

    private static Response swung(Response from, double factor) {
        return new Response(from.acceleration(), from.swingHertz() * factor, from.damping());
    }

    private static Response damped(Response from, double factor) {
        return new Response(from.acceleration(), from.swingHertz(), Math.min(0.95, from.damping() * factor));
    }
}
