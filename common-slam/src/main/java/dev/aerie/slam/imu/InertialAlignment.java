package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Aligns inertial measurements with the camera's poses: finds scale, gravity and biases, the
/// rotations first, then all that is linear at once.
///
/// What is solved for is how many of the map's units a metre is, and gravity, bias and velocities in that unit: so
/// the camera's errors, which are the larger ones, stay in what is explained, and cannot make the scale too small.
///
/// Source: Qin, Li, Shen 2018, "VINS-Mono", section V.B, turned round like this, with the accelerometer's bias and
/// each velocity as unknowns.
final class InertialAlignment {

    private static final double GRAVITY = 9.80665;
    private static final int GYRO_ROUNDS = 2;
    private static final int GRAVITY_ROUNDS = 5;
    private static final int UNITS_AT = 0;
    private static final int GRAVITY_AT = 1;
    private static final int BIAS_AT = 4;
    private static final int VELOCITY_AT = 7;

    private final InertialConfig config;
    private final RigidTransform cameraFromBody;
    private final List<Anchor> anchors;
    private final List<List<ImuReading>> intervals;

    /// Where the camera was at a moment, in the map's unit.
    record Anchor(long timeNanos, RigidTransform worldFromCamera) {}

    /// What was found.
    ///
    /// - `metresPerUnit`: of the map; `relativeSigma`: how unsure, as a share of it
    /// - `gravity`: along the map's axes, of any length
    /// - `gyroBias`: rad/s
    /// - `rotationAgreement`: between camera and gyroscope
    record Result(
            double metresPerUnit, double relativeSigma, Vector3 gravity, Vector3 gyroBias, Turns rotationAgreement) {}

    /// The difference between the rotations of camera and gyroscope.
    ///
    /// - `allRadians`: from anchor to anchor, added up
    /// - `errorRadians`: root mean square of what they disagree on from one anchor to the next
    record Turns(double allRadians, double errorRadians) {}

    /// - `pieces`: the readings from each anchor to the next; an empty one where they are missing
    InertialAlignment(
            RigidTransform cameraFromBody, List<Anchor> anchors, List<List<ImuReading>> pieces, InertialConfig config) {
        this.cameraFromBody = cameraFromBody;
        this.config = config;
        this.anchors = anchors;
        this.intervals = pieces;
    }

    /// Empty where the motion does not tell.
    Optional<Result> solve(Vector3 firstGyroBias) {
        var bias = firstGyroBias;
        for (int round = 0; round < GYRO_ROUNDS; round++) {
            var more = gyroBiasError(preintegrated(bias));
            if (more.isEmpty()) {
                return Optional.empty();
            }
            bias = bias.plus(more.get());
        }
        var steps = preintegrated(bias);
        Optional<Vector3> gravity = Optional.empty();
        Optional<LeastSquares.Solution> found = Optional.empty();
        for (int round = 0; round < GRAVITY_ROUNDS; round++) {
            found = system(steps, gravity).solve();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            gravity = found.map(InertialAlignment::gravityOf);
        }
        return result(found.orElseThrow(), gravity.orElseThrow(), bias, steps);
    }

    private Optional<Result> result(
            LeastSquares.Solution found, Vector3 gravity, Vector3 gyroBias, List<Optional<Preintegration>> steps) {
        double unitsPerMetre = found.at(UNITS_AT);
        if (!(unitsPerMetre > 0)) {
            return Optional.empty();
        }
        double worse = Math.max(1, positionError(found, steps) / unitsPerMetre / config.positionSigmaMetres());
        return Optional.of(new Result(
                1 / unitsPerMetre, found.sigmaOfFirst() * worse, gravity, gyroBias, rotationAgreement(steps)));
    }

    private List<Optional<Preintegration>> preintegrated(Vector3 gyroBias) {
        List<Optional<Preintegration>> steps = new ArrayList<>();
        for (var piece : intervals) {
            steps.add(piece.size() < 2 ? Optional.empty() : Optional.of(Preintegration.of(piece, gyroBias)));
        }
        return steps;
    }

    private Rotation worldFromBody(int anchor) {
        return anchors.get(anchor).worldFromCamera.rotation().times(cameraFromBody.rotation());
    }

    /// What the gyroscope's bias must be more for its turns to be the camera's.
    private Optional<Vector3> gyroBiasError(List<Optional<Preintegration>> steps) {
        var system = new LeastSquares(3);
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isPresent()) {
                var step = steps.get(k).get();
                var off = rotationError(k, step);
                for (int row = 0; row < 3; row++) {
                    for (int column = 0; column < 3; column++) {
                        system.term(column, step.rotationPerGyroBias().at(row, column));
                    }
                    system.endRow(component(off, row), 1);
                }
            }
        }
        return system.solve().map(s -> new Vector3(s.at(0), s.at(1), s.at(2)));
    }

    /// What the camera turned more than the gyroscope says, in the body's axes at the second anchor.
    private Vector3 rotationError(int k, Preintegration step) {
        var seen = worldFromBody(k).inverse().times(worldFromBody(k + 1));
        return step.rotation().inverse().times(seen).log();
    }

    private Turns rotationAgreement(List<Optional<Preintegration>> steps) {
        double all = 0;
        double sum = 0;
        int count = 0;
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isPresent()) {
                var off = rotationError(k, steps.get(k).get());
                all += steps.get(k).get().rotation().log().length();
                sum += off.dot(off);
                count++;
            }
        }
        return new Turns(all, Math.sqrt(sum / Math.max(1, count)));
    }

    /// - `gravity`: of the round before, whose length is then held to what it is on earth
    private LeastSquares system(List<Optional<Preintegration>> steps, Optional<Vector3> gravity) {
        var system = new LeastSquares(VELOCITY_AT + 3 * anchors.size());
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isPresent()) {
                for (int axis = 0; axis < 3; axis++) {
                    addPosition(system, k, steps.get(k).get(), axis);
                    addVelocity(system, k, steps.get(k).get(), axis);
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            system.term(BIAS_AT + axis, 1).endRow(0, config.biasSigma());
        }
        for (int i = 0; i < 3 * anchors.size(); i++) {
            system.term(VELOCITY_AT + i, 1).endRow(0, 100);
        }
        gravity.map(Vector3::normalized)
                .ifPresent(down -> system.term(GRAVITY_AT, down.x())
                        .term(GRAVITY_AT + 1, down.y())
                        .term(GRAVITY_AT + 2, down.z())
                        .term(UNITS_AT, -GRAVITY)
                        .endRow(0, config.gravitySigma()));
        return system;
    }

    /// v₁ t + g t²/2 + R₁ (∂Δp/∂b) b + u (R₁ Δp − lever) = p₂ − p₁
    private void addPosition(LeastSquares system, int k, Preintegration step, int axis) {
        var worldFromBody = worldFromBody(k);
        var perBias = Matrix3.of(worldFromBody).times(step.positionPerBias());
        var felt = worldFromBody.apply(step.position()).minus(leverChange(k));
        double t = step.seconds();
        system.term(UNITS_AT, component(felt, axis))
                .term(VELOCITY_AT + 3 * k + axis, t)
                .term(GRAVITY_AT + axis, t * t / 2);
        addBias(system, perBias, axis, 1);
        system.endRow(component(displacement(k), axis), config.positionSigmaMetres());
    }

    /// v₂ − v₁ − g t − R₁ (∂Δv/∂b) b − u R₁ Δv = 0
    private void addVelocity(LeastSquares system, int k, Preintegration step, int axis) {
        var worldFromBody = worldFromBody(k);
        var perBias = Matrix3.of(worldFromBody).times(step.velocityPerBias());
        system.term(VELOCITY_AT + 3 * (k + 1) + axis, 1)
                .term(VELOCITY_AT + 3 * k + axis, -1)
                .term(GRAVITY_AT + axis, -step.seconds())
                .term(UNITS_AT, -component(worldFromBody.apply(step.velocity()), axis));
        addBias(system, perBias, axis, -1);
        system.endRow(0, config.velocitySigma());
    }

    private static void addBias(LeastSquares system, Matrix3 perBias, int axis, double sign) {
        for (int column = 0; column < 3; column++) {
            system.term(BIAS_AT + column, sign * perBias.at(axis, column));
        }
    }

    private Vector3 displacement(int k) {
        return anchors.get(k + 1)
                .worldFromCamera
                .translation()
                .minus(anchors.get(k).worldFromCamera.translation());
    }

    /// How the body's origin moves against the camera's, in metres.
    private Vector3 leverChange(int k) {
        var lever = cameraFromBody.translation();
        return anchors.get(k + 1)
                .worldFromCamera
                .rotation()
                .apply(lever)
                .minus(anchors.get(k).worldFromCamera.rotation().apply(lever));
    }

    /// Root mean square of what the positions are off, in the map's unit.
    private double positionError(LeastSquares.Solution found, List<Optional<Preintegration>> steps) {
        var bias = new Vector3(found.at(BIAS_AT), found.at(BIAS_AT + 1), found.at(BIAS_AT + 2));
        var gravity = gravityOf(found);
        double sum = 0;
        int count = 0;
        for (int k = 0; k < steps.size(); k++) {
            if (steps.get(k).isPresent()) {
                var step = steps.get(k).get();
                int at = VELOCITY_AT + 3 * k;
                var velocity = new Vector3(found.at(at), found.at(at + 1), found.at(at + 2));
                var felt = worldFromBody(k)
                        .apply(step.position())
                        .minus(leverChange(k))
                        .times(found.at(UNITS_AT));
                var expected = felt.plus(
                                worldFromBody(k).apply(step.positionPerBias().apply(bias)))
                        .plus(velocity.times(step.seconds()))
                        .plus(gravity.times(step.seconds() * step.seconds() / 2));
                var off = displacement(k).minus(expected);
                sum += off.dot(off) / 3;
                count++;
            }
        }
        return Math.sqrt(sum / Math.max(1, count));
    }

    private static Vector3 gravityOf(LeastSquares.Solution found) {
        return new Vector3(found.at(GRAVITY_AT), found.at(GRAVITY_AT + 1), found.at(GRAVITY_AT + 2));
    }

    private static double component(Vector3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }
}
