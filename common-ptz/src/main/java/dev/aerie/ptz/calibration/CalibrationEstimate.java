package dev.aerie.ptz.calibration;

import dev.aerie.ptz.calibration.Calibration.Deviations;
import dev.aerie.ptz.calibration.Calibration.Speed;
import dev.aerie.ptz.calibration.CalibrationMove.Axis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// From what was seen of the moves to what the camera is like.
final class CalibrationEstimate {

    private static final int LEAST_MOVING_PAIRS = 8;

    private CalibrationEstimate() {}

    private record Fitted(MoveRecord move, Response.Fit fit) {}

    /// The moves of one axis that make sense, and how the head answered.
    private record Fits(List<Fitted> moves, Response response) {}

    /// Empty where no move along one of both axes was seen.
    static Optional<Calibration> of(List<MoveRecord> moves, int frameWidthPixels, double zoom) {
        List<MoveRecord> seen = moves.stream()
                .filter(move -> move.move().measured() && move.moving().size() >= LEAST_MOVING_PAIRS)
                .toList();
        List<ImageMotion> panned = moves.stream()
                .filter(move -> move.move().axis() == Axis.PAN)
                .flatMap(move -> move.moving().stream())
                .toList();
        if (panned.size() < LEAST_MOVING_PAIRS) {
            return Optional.empty();
        }
        FieldOfViewFit field = FieldOfViewFit.of(panned, frameWidthPixels);
        Optional<Fits> pans = fits(seen, Axis.PAN, field);
        Optional<Fits> tilts = fits(seen, Axis.TILT, field);
        if (pans.isEmpty() || tilts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(calibration(pans.get(), tilts.get(), field, panned, frameWidthPixels, zoom));
    }

    private static Optional<Fits> fits(List<MoveRecord> seen, Axis axis, FieldOfViewFit field) {
        List<MoveRecord> along = seen.stream()
                .filter(move -> move.move().axis() == axis)
                .filter(move -> move.samples(field).size() >= LEAST_MOVING_PAIRS)
                .toList();
        if (along.isEmpty()) {
            return Optional.empty();
        }
        AxisFit fit = AxisFit.of(along.stream().map(move -> move.samples(field)).toList());
        List<Fitted> fitted = IntStream.range(0, along.size())
                .mapToObj(i -> new Fitted(along.get(i), fit.fits().get(i)))
                .filter(move -> move.fit().speed() * move.move().move().speed() > 0)
                .toList();
        return fitted.isEmpty() ? Optional.empty() : Optional.of(new Fits(fitted, fit.response()));
    }

    private static Calibration calibration(
            Fits pans, Fits tilts, FieldOfViewFit field, List<ImageMotion> panned, int frameWidthPixels, double zoom) {
        double[] dead = Stream.concat(pans.moves().stream(), tilts.moves().stream())
                .mapToDouble(move -> move.fit().deadTimeSeconds())
                .sorted()
                .toArray();
        double deadTime = trimmedMean(dead);
        double hfov = field.hfovDegrees(frameWidthPixels);
        return new Calibration(
                deadTime,
                scale(pans.moves()),
                scale(tilts.moves()),
                speeds(pans.moves()),
                speeds(tilts.moves()),
                pans.response().acceleration(),
                tilts.response().acceleration(),
                Math.max(pans.response().settleSeconds(), tilts.response().settleSeconds()),
                hfov,
                zoom,
                new Deviations(
                        standardError(dead),
                        Math.max(repeatability(pans.moves()), repeatability(tilts.moves())),
                        halvesDiffer(field, panned, frameWidthPixels)));
    }

    /// The mean without the least and the greatest, of four or more.
    private static double trimmedMean(double[] sorted) {
        int cut = sorted.length >= 4 ? 1 : 0;
        return IntStream.range(cut, sorted.length - cut)
                .mapToDouble(i -> sorted[i])
                .average()
                .orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return values.length < 2 ? Double.MAX_VALUE : Math.sqrt(squares / (values.length - 1) / values.length);
    }

    private static double scale(List<Fitted> moves) {
        double products = 0;
        double squares = 0;
        for (Fitted move : moves) {
            double commanded = move.move().move().speed();
            products += commanded * move.fit().speed();
            squares += commanded * commanded;
        }
        return products / squares;
    }

    private static List<Speed> speeds(List<Fitted> moves) {
        Map<Double, Double> means = moves.stream()
                .collect(Collectors.groupingBy(
                        move -> Math.abs(move.move().move().speed()),
                        TreeMap::new,
                        Collectors.averagingDouble(move -> Math.abs(move.fit().speed()))));
        return means.entrySet().stream()
                .map(entry -> new Speed(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// How much the speed of the same command differs between directions, as a share.
    private static double repeatability(List<Fitted> moves) {
        double worst = 0;
        for (Speed speed : speeds(moves)) {
            for (Fitted move : moves) {
                if (Math.abs(move.move().move().speed()) == speed.commanded()) {
                    worst = Math.max(worst, Math.abs(Math.abs(move.fit().speed()) / speed.real() - 1));
                }
            }
        }
        return worst;
    }

    private static double halvesDiffer(FieldOfViewFit field, List<ImageMotion> panned, int frameWidthPixels) {
        double first = half(field, panned, 0, frameWidthPixels);
        double second = half(field, panned, 1, frameWidthPixels);
        return Math.abs(first - second) / (first + second);
    }

    private static double half(FieldOfViewFit field, List<ImageMotion> panned, int which, int frameWidthPixels) {
        List<ImageMotion> half = IntStream.range(0, panned.size())
                .filter(i -> i % 2 == which)
                .mapToObj(panned::get)
                .toList();
        return field.hfovOf(half, frameWidthPixels);
    }
}
