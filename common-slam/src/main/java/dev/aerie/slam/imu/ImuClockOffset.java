package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.imu.InertialAlignment.Anchor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Estimates by how much an inertial sensor's clock is ahead of the camera's: the shift of the readings with which
/// gyroscope and camera turn alike. Only turns that begin or end tell it.
///
/// Several windows of poses must agree; an offset that does not differ clearly from the one in use changes nothing.
///
/// One thread.
final class ImuClockOffset {

    /// A larger offset is not looked for.
    static final long MAX_NANOS = 100_000_000;

    private static final long COARSE_NANOS = 10_000_000;
    private static final long DERIVATIVE_NANOS = 2_000_000;
    private static final int ROUNDS = 3;
    private static final int MIN_TURNS = 15;
    private static final long MAX_TURN_NANOS = 500_000_000;

    /// Of a turn's error to the median of all, beyond which it is left out.
    private static final double MAX_ERROR_RATIO = 3;

    /// Errors of poses that follow each other are alike: the standard deviation is larger than that of independent
    /// errors.
    private static final double SIGMA_FACTOR = 2;

    private static final double MAX_SIGMA_NANOS = 4e6;
    private static final double MAX_SPREAD_NANOS = 6e6;
    private static final double MIN_CHANGE_NANOS = 1e6;
    private static final double MIN_SIGMAS = 3;
    private static final int AGREEING = 3;

    private final ImuBuffer readings;
    private final Rotation cameraFromBody;
    private final double maxErrorRadians;
    private final Deque<Estimate> estimates = new ArrayDeque<>();

    /// What one window says.
    ///
    /// - `nanos`: by how much the sensor's clock is ahead
    private record Estimate(double nanos, double sigmaNanos) {}

    /// How the camera turned from one pose to the next, in the body's axes: second's directions to the first's.
    private record SeenTurn(long fromNanos, long untilNanos, Rotation turn) {}

    /// - `maxErrorRadians`: root mean square of what turns may differ by, shifted as they fit best
    ImuClockOffset(ImuBuffer readings, RigidTransform cameraFromBody, double maxErrorRadians) {
        this.readings = readings;
        this.cameraFromBody = cameraFromBody.rotation();
        this.maxErrorRadians = maxErrorRadians;
    }

    void reset() {
        estimates.clear();
    }

    /// Takes a window of poses, by time; sets the readings' offset if it has become known better.
    void add(List<Anchor> window, Vector3 gyroBias) {
        estimate(window, gyroBias)
                .filter(estimate -> Math.abs(estimate.nanos()) < MAX_NANOS)
                .ifPresent(this::add);
    }

    private void add(Estimate estimate) {
        estimates.add(estimate);
        if (estimates.size() > AGREEING) {
            estimates.removeFirst();
        }
        var nanos = estimates.stream().mapToDouble(Estimate::nanos).summaryStatistics();
        double sigma =
                estimates.stream().mapToDouble(Estimate::sigmaNanos).max().orElseThrow();
        double change = Math.abs(nanos.getAverage() - readings.aheadNanos());
        if (estimates.size() == AGREEING
                && nanos.getMax() - nanos.getMin() < MAX_SPREAD_NANOS
                && change > Math.max(MIN_CHANGE_NANOS, MIN_SIGMAS * sigma)) {
            readings.setAheadNanos(Math.round(nanos.getAverage()));
        }
    }

    private Optional<Estimate> estimate(List<Anchor> window, Vector3 gyroBias) {
        var seen = turns(window);
        if (seen.size() < MIN_TURNS) {
            return Optional.empty();
        }
        var measured = readings.between(
                seen.getFirst().fromNanos() - MAX_NANOS, seen.getLast().untilNanos() + MAX_NANOS);
        if (measured.size() < 2) {
            return Optional.empty();
        }
        var gyroscope = new TurnsOverTime(measured, gyroBias, readings.aheadNanos());
        var kept = withoutOutliers(seen, gyroscope, coarse(seen, gyroscope));
        return kept.size() < MIN_TURNS ? Optional.empty() : fine(kept, gyroscope, coarse(kept, gyroscope));
    }

    /// The first and the last pose are left out, so that there are readings on both sides.
    private List<SeenTurn> turns(List<Anchor> window) {
        List<SeenTurn> seen = new ArrayList<>();
        for (int i = 2; i + 1 < window.size(); i++) {
            var from = window.get(i - 1);
            var to = window.get(i);
            if (to.timeNanos() - from.timeNanos() <= MAX_TURN_NANOS) {
                var worldFromFirst = from.worldFromCamera().rotation().times(cameraFromBody);
                var worldFromSecond = to.worldFromCamera().rotation().times(cameraFromBody);
                var turn = worldFromFirst.inverse().times(worldFromSecond);
                seen.add(new SeenTurn(from.timeNanos(), to.timeNanos(), turn));
            }
        }
        return seen;
    }

    private static double coarse(List<SeenTurn> seen, TurnsOverTime gyroscope) {
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double shift = -MAX_NANOS; shift <= MAX_NANOS; shift += COARSE_NANOS) {
            double squares = squares(errors(seen, gyroscope, shift));
            if (squares < least) {
                least = squares;
                best = shift;
            }
        }
        return best;
    }

    private static List<SeenTurn> withoutOutliers(List<SeenTurn> seen, TurnsOverTime gyroscope, double shift) {
        var errors = errors(seen, gyroscope, shift);
        double[] sizes = errors.stream().mapToDouble(Vector3::length).sorted().toArray();
        double limit = MAX_ERROR_RATIO * sizes[sizes.length / 2];
        List<SeenTurn> kept = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            if (errors.get(i).length() <= limit) {
                kept.add(seen.get(i));
            }
        }
        return kept;
    }

    private Optional<Estimate> fine(List<SeenTurn> seen, TurnsOverTime gyroscope, double coarse) {
        double shift = coarse;
        double slopeSquares = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var errors = errors(seen, gyroscope, shift);
            var before = errors(seen, gyroscope, shift - DERIVATIVE_NANOS);
            var after = errors(seen, gyroscope, shift + DERIVATIVE_NANOS);
            double product = 0;
            slopeSquares = 0;
            for (int i = 0; i < errors.size(); i++) {
                var slope = after.get(i).minus(before.get(i)).times(0.5 / DERIVATIVE_NANOS);
                product += slope.dot(errors.get(i));
                slopeSquares += slope.dot(slope);
            }
            shift -= product / slopeSquares;
            if (!(Math.abs(shift - coarse) < 2 * COARSE_NANOS && Math.abs(shift) < MAX_NANOS - DERIVATIVE_NANOS)) {
                return Optional.empty();
            }
        }
        double squares = squares(errors(seen, gyroscope, shift));
        double variance = squares / (3.0 * seen.size() - 4); // of each axis; shift and bias were fitted
        double sigma = SIGMA_FACTOR * Math.sqrt(variance / slopeSquares);
        return sigma < MAX_SIGMA_NANOS && Math.sqrt(squares / seen.size()) < maxErrorRadians
                ? Optional.of(new Estimate(readings.aheadNanos() + shift, sigma))
                : Optional.empty();
    }

    /// What the camera turned more than the gyroscope says, less what a bias explains.
    private static List<Vector3> errors(List<SeenTurn> seen, TurnsOverTime gyroscope, double shiftNanos) {
        List<Vector3> errors = new ArrayList<>();
        var sum = Vector3.ZERO;
        double squaredSeconds = 0;
        for (var turn : seen) {
            var felt = gyroscope.between(turn.fromNanos() + shiftNanos, turn.untilNanos() + shiftNanos);
            var error = felt.inverse().times(turn.turn()).log();
            errors.add(error);
            sum = sum.plus(error.times(seconds(turn)));
            squaredSeconds += seconds(turn) * seconds(turn);
        }
        var perSecond = sum.times(1 / squaredSeconds);
        for (int i = 0; i < errors.size(); i++) {
            errors.set(i, errors.get(i).minus(perSecond.times(seconds(seen.get(i)))));
        }
        return errors;
    }

    private static double seconds(SeenTurn turn) {
        return (turn.untilNanos() - turn.fromNanos()) / 1e9;
    }

    private static double squares(List<Vector3> errors) {
        ToDoubleFunction<Vector3> square = error -> error.dot(error);
        return errors.stream().mapToDouble(square).sum();
    }
}
