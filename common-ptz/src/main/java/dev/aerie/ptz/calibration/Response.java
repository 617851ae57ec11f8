package dev.aerie.ptz.calibration;

import java.util.List;

/// How a head answers to a speed that it is commanded from rest.
///
/// - `acceleration`: of the motor, degrees/s²
/// - `swingHertz`, `damping`: of a head that swings on its motor; 0 and 1 for a rigid one
///
/// The angle over the time s since the first turn is v·s²/2r during the ramp r = v / acceleration and v·(s - r/2) after
/// it; a head that swings is behind that by the answer of a damped oscillator to the acceleration.
record Response(double acceleration, double swingHertz, double damping) {

    private static final double FINE_SECONDS = 0.0005;

    /// The angle at a time.
    ///
    /// - `seconds`: since the command
    record Sample(double seconds, double degrees) {}

    /// One move under this response.
    ///
    /// - `deadTimeSeconds`: from the command to the first turn
    /// - `speed`: degrees/s, signed
    /// - `squares`: sum of the squares that are left, degrees²
    record Fit(double deadTimeSeconds, double speed, double squares) {}

    static Response rigid(double acceleration) {
        return new Response(acceleration, 0, 1);
    }

    boolean swings() {
        return swingHertz > 0;
    }

    /// In which a swing dies away to a third; 0 for a rigid head.
    double settleSeconds() {
        return swings() ? 1 / (2 * Math.PI * swingHertz * damping) : 0;
    }

    /// The dead time and the speed that explain a move best.
    ///
    /// - `speed`: about, for the length of the ramp
    /// - `around`, `within`: the dead times to try, seconds
    Fit fit(List<Sample> samples, double speed, double around, double within) {
        Fit best = at(samples, speed, Math.max(0, around));
        for (double step = Math.max(within / 8, FINE_SECONDS); step >= FINE_SECONDS; step /= 4) {
            double middle = best.deadTimeSeconds();
            double reach = step == Math.max(within / 8, FINE_SECONDS) ? within : 4 * step;
            for (double dead = Math.max(0, middle - reach); dead <= middle + reach; dead += step) {
                Fit tried = at(samples, speed, dead);
                best = tried.squares() < best.squares() ? tried : best;
            }
        }
        return best;
    }

    private Fit at(List<Sample> samples, double about, double dead) {
        double ramp = Math.abs(about) / acceleration;
        double shapeSquares = 0;
        double product = 0;
        double squares = 0;
        for (Sample sample : samples) {
            double shape = shape(sample.seconds() - dead, ramp);
            shapeSquares += shape * shape;
            product += shape * sample.degrees();
            squares += sample.degrees() * sample.degrees();
        }
        double speed = shapeSquares > 0 ? product / shapeSquares : 0;
        return new Fit(dead, speed, Math.max(0, squares - speed * product));
    }

    private double shape(double seconds, double ramp) {
        if (seconds <= 0) {
            return 0;
        }
        double turned = seconds < ramp ? seconds * seconds / (2 * ramp) : seconds - ramp / 2;
        if (!swings()) {
            return turned;
        }
        double lag = (swung(seconds) - swung(seconds - ramp)) / ramp;
        return turned - lag;
    }

    /// How far the head is behind its motor at some time after the motor began to accelerate by 1 for ever.
    private double swung(double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        double omega = 2 * Math.PI * swingHertz;
        double damped = omega * Math.sqrt(1 - damping * damping);
        double decay = Math.exp(-damping * omega * seconds);
        double oscillation = Math.cos(damped * seconds) + damping * omega / damped * Math.sin(damped * seconds);
        return (1 - decay * oscillation) / (omega * omega);
    }
}
