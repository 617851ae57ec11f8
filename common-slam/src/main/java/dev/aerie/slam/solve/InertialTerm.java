package dev.aerie.slam.solve;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.imu.Matrix3;
import dev.aerie.slam.imu.Preintegration;
import dev.aerie.slam.tuning.InertialNoise;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// What inertial readings say about the motion from one camera to a later one: how far turn, velocity, position and
/// biases of the two are from it, in standard deviations, and how that changes.
///
/// Its thirty unknowns are the earlier camera's pose (6, as [PoseUpdate] moves it) and motion (9: velocity, bias of
/// the gyroscope, bias of the accelerometer), then the later one's.
///
/// Source: Forster, Carlone, Dellaert, Scaramuzza 2017, section VI.C and the appendix on its derivatives.
final class InertialTerm {

    static final int UNKNOWNS = 30;

    private static final Vector3 GRAVITY = new Vector3(0, 0, -9.80665);
    private static final int RESIDUALS = 15;
    private static final int POSE = 6;
    private static final int EARLIER_MOTION = POSE;
    private static final int LATER = 15;
    private static final int LATER_MOTION = LATER + POSE;
    private static final int GYRO_BIAS = 3;
    private static final int FORCE_BIAS = 6;

    /// 99.9 % at 15 degrees of freedom.
    private static final double HUBER_CHI2 = 37.7;

    final int earlier;
    final int later;
    final DMatrixRMaj hessian = new DMatrixRMaj(UNKNOWNS, UNKNOWNS);
    final DMatrixRMaj gradient = new DMatrixRMaj(UNKNOWNS, 1);
    private final Preintegration measured;
    private final DMatrixRMaj information = new DMatrixRMaj(RESIDUALS, RESIDUALS);
    private final DMatrixRMaj residual = new DMatrixRMaj(RESIDUALS, 1);
    private final DMatrixRMaj weighed = new DMatrixRMaj(RESIDUALS, 1);
    private final DMatrixRMaj derivative = new DMatrixRMaj(RESIDUALS, UNKNOWNS);
    private final DMatrixRMaj weighedDerivative = new DMatrixRMaj(RESIDUALS, UNKNOWNS);

    /// Where a body is and how it moves, in a world in metres with Z up.
    record State(Rotation worldFromBody, Vector3 position, Vector3 velocity, Vector3 gyroBias, Vector3 forceBias) {}

    /// - `earlier`, `later`: numbers of the cameras
    InertialTerm(int earlier, int later, Preintegration measured, InertialNoise noise) {
        this.earlier = earlier;
        this.later = later;
        this.measured = measured;
        var covariance = new DMatrixRMaj(9, 9);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                covariance.set(row, column, measured.covariance().at(row, column));
            }
        }
        if (!CommonOps_DDRM.invert(covariance)) {
            throw new IllegalArgumentException("readings over " + measured.seconds() + " s have no covariance");
        }
        CommonOps_DDRM.insert(covariance, information, 0, 0);
        for (int i = 0; i < 3; i++) {
            information.set(9 + i, 9 + i, perSecond(noise.gyroBiasWalk()));
            information.set(12 + i, 12 + i, perSecond(noise.forceBiasWalk()));
        }
    }

    private double perSecond(double walk) {
        return 1 / (walk * walk * measured.seconds());
    }

    /// The squared error in variances; large ones count less (Huber).
    double cost(State from, State to) {
        double chi2 = chi2(from, to);
        return chi2 > HUBER_CHI2 ? 2 * Math.sqrt(HUBER_CHI2 * chi2) - HUBER_CHI2 : chi2;
    }

    /// The squared error in variances.
    double chi2(State from, State to) {
        evaluate(from, to);
        CommonOps_DDRM.mult(information, residual, weighed);
        return CommonOps_DDRM.dot(residual, weighed);
    }

    private void evaluate(State from, State to) {
        double t = measured.seconds();
        var back = from.worldFromBody().inverse();
        var moreBias = from.gyroBias().minus(measured.gyroBias());
        var expected = measured.rotation()
                .times(Rotation.exp(measured.rotationPerGyroBias().apply(moreBias)));
        var turn = expected.inverse().times(back.times(to.worldFromBody())).log();
        var velocity = back.apply(gained(from, to, t))
                .minus(measured.velocity())
                .minus(measured.velocityPerGyroBias().apply(moreBias))
                .minus(measured.velocityPerBias().apply(from.forceBias()));
        var position = back.apply(moved(from, to, t))
                .minus(measured.position())
                .minus(measured.positionPerGyroBias().apply(moreBias))
                .minus(measured.positionPerBias().apply(from.forceBias()));
        set(0, turn);
        set(3, velocity);
        set(6, position);
        set(9, to.gyroBias().minus(from.gyroBias()));
        set(12, to.forceBias().minus(from.forceBias()));
    }

    private static Vector3 gained(State from, State to, double t) {
        return to.velocity().minus(from.velocity()).minus(GRAVITY.times(t));
    }

    private static Vector3 moved(State from, State to, double t) {
        return to.position()
                .minus(from.position())
                .minus(from.velocity().times(t))
                .minus(GRAVITY.times(t * t / 2));
    }

    private void set(int row, Vector3 value) {
        residual.set(row, 0, value.x());
        residual.set(row + 1, 0, value.y());
        residual.set(row + 2, 0, value.z());
    }

    /// Fills [#hessian] and [#gradient]: the normal equations of what the two must change by.
    ///
    /// - `cameraFromBody`: how the sensor sits on the camera
    void linearize(State from, State to, RigidTransform cameraFromBody) {
        double chi2 = chi2(from, to);
        double weight = chi2 > HUBER_CHI2 ? Math.sqrt(HUBER_CHI2 / chi2) : 1;
        differentiate(from, to, cameraFromBody);
        CommonOps_DDRM.mult(information, derivative, weighedDerivative);
        CommonOps_DDRM.multTransA(weight, derivative, weighedDerivative, hessian);
        CommonOps_DDRM.multTransA(-weight, derivative, weighed, gradient);
    }

    private void differentiate(State from, State to, RigidTransform cameraFromBody) {
        derivative.zero();
        double t = measured.seconds();
        var back = Matrix3.of(from.worldFromBody().inverse());
        var turn = new Vector3(residual.get(0), residual.get(1), residual.get(2));
        var perTurn = inverseRightJacobian(turn);
        var laterFromEarlier = Matrix3.of(to.worldFromBody().inverse().times(from.worldFromBody()));
        addTurn(0, 0, perTurn.times(laterFromEarlier).times(-1), cameraFromBody);
        addTurn(0, LATER, perTurn, cameraFromBody);
        var moreBias = from.gyroBias().minus(measured.gyroBias());
        var perGyroBias = perTurn.times(Matrix3.of(Rotation.exp(turn).inverse()))
                .times(rightJacobian(measured.rotationPerGyroBias().apply(moreBias)))
                .times(measured.rotationPerGyroBias());
        add(0, EARLIER_MOTION + GYRO_BIAS, perGyroBias.times(-1));

        addTurn(3, 0, Matrix3.cross(back.apply(gained(from, to, t))), cameraFromBody);
        add(3, EARLIER_MOTION, back.times(-1));
        add(3, LATER_MOTION, back);
        add(3, EARLIER_MOTION + GYRO_BIAS, measured.velocityPerGyroBias().times(-1));
        add(3, EARLIER_MOTION + FORCE_BIAS, measured.velocityPerBias().times(-1));

        addTurn(6, 0, Matrix3.cross(back.apply(moved(from, to, t))), cameraFromBody);
        addShift(6, 0, back.times(-1), from, cameraFromBody);
        addShift(6, LATER, back, to, cameraFromBody);
        add(6, EARLIER_MOTION, back.times(-t));
        add(6, EARLIER_MOTION + GYRO_BIAS, measured.positionPerGyroBias().times(-1));
        add(6, EARLIER_MOTION + FORCE_BIAS, measured.positionPerBias().times(-1));

        for (int row = 9; row < RESIDUALS; row++) {
            derivative.set(row, EARLIER_MOTION + GYRO_BIAS + row - 9, -1);
            derivative.set(row, LATER_MOTION + GYRO_BIAS + row - 9, 1);
        }
    }

    /// Of a pose that turns: the body turns by −R ω in its own axes, R from the camera's to the body's.
    private void addTurn(int row, int pose, Matrix3 perBodyTurn, RigidTransform cameraFromBody) {
        var bodyFromCamera = Matrix3.of(cameraFromBody.rotation().inverse());
        add(row, pose, perBodyTurn.times(bodyFromCamera).times(-1));
    }

    /// Of a pose that turns and shifts: the body's place moves by −R t + R (lever × ω), R from the camera's axes to
    /// the world's.
    private void addShift(int row, int pose, Matrix3 perBodyPlace, State state, RigidTransform cameraFromBody) {
        var worldFromCamera =
                Matrix3.of(state.worldFromBody().times(cameraFromBody.rotation().inverse()));
        var perCamera = perBodyPlace.times(worldFromCamera);
        add(row, pose, perCamera.times(Matrix3.cross(cameraFromBody.translation())));
        add(row, pose + 3, perCamera.times(-1));
    }

    private void add(int row, int column, Matrix3 block) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                derivative.add(row + i, column + j, block.at(i, j));
            }
        }
    }

    /// How exp(v + d) = exp(v) exp(J d).
    static Matrix3 rightJacobian(Vector3 v) {
        double angle = v.length();
        var cross = Matrix3.cross(v);
        if (angle < 1e-5) {
            return Matrix3.IDENTITY.plus(cross.times(-0.5));
        }
        double first = (1 - StrictMath.cos(angle)) / (angle * angle);
        double second = (angle - StrictMath.sin(angle)) / (angle * angle * angle);
        return Matrix3.IDENTITY
                .plus(cross.times(-first))
                .plus(cross.times(cross).times(second));
    }

    /// How log(exp(v) exp(d)) = v + J d.
    static Matrix3 inverseRightJacobian(Vector3 v) {
        double angle = v.length();
        var cross = Matrix3.cross(v);
        if (angle < 1e-5) {
            return Matrix3.IDENTITY.plus(cross.times(0.5));
        }
        double second = 1 / (angle * angle) - (1 + StrictMath.cos(angle)) / (2 * angle * StrictMath.sin(angle));
        return Matrix3.IDENTITY.plus(cross.times(0.5)).plus(cross.times(cross).times(second));
    }
}
