package dev.aerie.slam.inertial;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.Matrix3;
import dev.aerie.slam.imu.Preintegration;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.tuning.DeadReckoningConfig;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a camera has gone since it was last seen on the map, by its inertial sensor alone; in metres with Z up.
///
/// Place, velocity and attitude at the last frame are those that fit the frames before it best, between which the
/// readings say how the body moved: straight lines through points, for readings take out the acceleration.
final class DeadReckoning {

    private static final Vector3 GRAVITY = new Vector3(0, 0, -9.80665);

    private final ImuBuffer readings;
    private final RigidTransform cameraFromBody;
    private final BodyMotion biases;
    private final DeadReckoningConfig config;
    private final long fromNanos;
    private final Rotation worldFromBody;
    private final Vector3 place;
    private final Vector3 velocity;
    private final double placeVariance;
    private final double velocityVariance;

    /// Asked for several times for each frame.
    private Optional<Predicted> newest = Optional.empty();

    private long newestNanos;

    /// A pose that nothing was seen for.
    ///
    /// - `translation`, `rotation`: covariances, m² and rad², in the camera's axes
    /// - `velocitySigma`: m/s
    record Predicted(RigidTransform worldFromCamera, Matrix3 translation, Matrix3 rotation, double velocitySigma) {

        /// Of translation and rotation, 6 × 6, row by row.
        ///
        /// - `unitsPerMetre`: of what the translation is to be in
        List<Double> covariance(double unitsPerMetre) {
            List<Double> rows = new ArrayList<>();
            for (int row = 0; row < 6; row++) {
                for (int column = 0; column < 6; column++) {
                    boolean isPlace = row < 3 && column < 3;
                    boolean isTurn = row >= 3 && column >= 3;
                    rows.add(
                            isPlace
                                    ? translation.at(row, column) * unitsPerMetre * unitsPerMetre
                                    : isTurn ? rotation.at(row - 3, column - 3) : 0.0);
                }
            }
            return rows;
        }

        /// The standard deviation of the attitude about the axis where it is largest.
        double sigmaRadians() {
            return Math.sqrt(Math.max(rotation.at(0, 0), Math.max(rotation.at(1, 1), rotation.at(2, 2))));
        }

        /// The standard deviation of the place along the axis where it is largest, metres.
        double sigmaMetres() {
            return Math.sqrt(Math.max(translation.at(0, 0), Math.max(translation.at(1, 1), translation.at(2, 2))));
        }
    }

    /// A frame's body, and what was measured from it to the last frame.
    private record Leg(RigidTransform worldFromBody, Preintegration untilLast) {}

    private DeadReckoning(
            ImuBuffer readings,
            RigidTransform cameraFromBody,
            BodyMotion biases,
            DeadReckoningConfig config,
            FramePose last,
            List<Leg> legs) {
        this.readings = readings;
        this.cameraFromBody = cameraFromBody;
        this.biases = biases;
        this.config = config;
        fromNanos = last.captureTimeNanos();
        var lastBody = last.worldFromCamera().times(cameraFromBody);
        worldFromBody = attitude(lastBody.rotation(), legs);
        double seconds = 0;
        var sum = lastBody.translation();
        List<Vector3> starts = new ArrayList<>(List.of(lastBody.translation()));
        for (var leg : legs) {
            starts.add(withoutAcceleration(leg));
            sum = sum.plus(starts.getLast());
            seconds += leg.untilLast().seconds();
        }
        int count = starts.size();
        double meanSeconds = seconds / count;
        var mean = sum.times(1.0 / count);
        double spread = meanSeconds * meanSeconds;
        var slope = starts.getFirst().minus(mean).times(meanSeconds);
        for (int i = 1; i < count; i++) {
            double off = meanSeconds - legs.get(i - 1).untilLast().seconds();
            spread += off * off;
            slope = slope.plus(starts.get(i).minus(mean).times(off));
        }
        velocity = slope.times(1 / spread);
        place = mean.plus(velocity.times(meanSeconds));
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double ago = i == 0 ? 0 : legs.get(i - 1).untilLast().seconds();
            var left = starts.get(i).minus(place.minus(velocity.times(ago)));
            squares += left.dot(left);
        }
        double variance = squares / (3 * (count - 2));
        placeVariance = variance + squared(config.placeSigmaMetres());
        velocityVariance =
                variance / spread + squared(config.velocitySigma()) + squared(config.scaleSigma() * velocity.length());
    }

    /// Begins where the camera was seen last; empty where too little is known of how it moved.
    ///
    /// - `seen`: by time, metres with Z up
    /// - `biases`: its velocity is not looked at
    static Optional<DeadReckoning> from(
            List<FramePose> seen,
            ImuBuffer readings,
            RigidTransform cameraFromBody,
            BodyMotion biases,
            DeadReckoningConfig config) {
        if (seen.size() < config.minFrames()) {
            return Optional.empty();
        }
        var last = seen.getLast();
        List<Leg> legs = new ArrayList<>();
        for (var pose : seen.subList(0, seen.size() - 1)) {
            var between = readings.between(pose.captureTimeNanos(), last.captureTimeNanos());
            if (between.size() >= 2) {
                var measured = Preintegration.of(between, biases.gyroBias(), InertialNoise.DEFAULT);
                legs.add(new Leg(pose.worldFromCamera().times(cameraFromBody), measured));
            }
        }
        return legs.size() + 1 < config.minFrames()
                ? Optional.empty()
                : Optional.of(new DeadReckoning(readings, cameraFromBody, biases, config, last, legs));
    }

    /// The last frame's, as all frames see it.
    private static Rotation attitude(Rotation last, List<Leg> legs) {
        var sum = Vector3.ZERO;
        for (var leg : legs) {
            var seen = leg.worldFromBody().rotation().times(leg.untilLast().rotation());
            sum = sum.plus(last.inverse().times(seen).log());
        }
        return last.times(Rotation.exp(sum.times(1.0 / (legs.size() + 1))));
    }

    /// Where the last frame's velocity all the way would have had to begin to come to the last frame's place.
    private Vector3 withoutAcceleration(Leg leg) {
        var measured = leg.untilLast();
        double t = measured.seconds();
        var moved = measured.position().plus(measured.positionPerBias().apply(biases.forceBias()));
        var gained = measured.velocity().plus(measured.velocityPerBias().apply(biases.forceBias()));
        var axes = worldFromBody.times(measured.rotation().inverse());
        return leg.worldFromBody()
                .translation()
                .minus(GRAVITY.times(t * t / 2))
                .minus(axes.apply(gained.times(t).minus(moved)));
    }

    /// The camera's pose at a later moment; empty where readings are missing or say too little by then.
    Optional<Predicted> at(long nanos) {
        if (nanos != newestNanos) {
            newest = predict(nanos);
            newestNanos = nanos;
        }
        return newest;
    }

    private Optional<Predicted> predict(long nanos) {
        var since = readings.between(fromNanos, nanos);
        if (since.size() < 2 || nanos - fromNanos > config.maxNanos()) {
            return Optional.empty();
        }
        var measured = Preintegration.of(since, biases.gyroBias(), InertialNoise.DEFAULT);
        double t = measured.seconds();
        var moved = measured.position().plus(measured.positionPerBias().apply(biases.forceBias()));
        var body = new RigidTransform(
                worldFromBody.times(measured.rotation()),
                place.plus(velocity.times(t)).plus(GRAVITY.times(t * t / 2)).plus(worldFromBody.apply(moved)));
        var bodyFromCamera = cameraFromBody.inverse();
        var predicted = new Predicted(
                body.times(bodyFromCamera).orthonormal(),
                turned(
                        placeCovariance(measured),
                        bodyFromCamera
                                .rotation()
                                .inverse()
                                .times(body.rotation().inverse())),
                turned(turnCovariance(measured), cameraFromBody.rotation()),
                velocitySigma(t));
        return predicted.sigmaMetres() > config.maxSigmaMetres() ? Optional.empty() : Optional.of(predicted);
    }

    /// In the world's axes: of the readings' noise, the biases, and place, velocity and attitude at the last frame.
    private Matrix3 placeCovariance(Preintegration measured) {
        double t = measured.seconds();
        var byGyroBias = measured.positionPerGyroBias();
        var byForceBias = measured.positionPerBias();
        var inBody = measured.covariance()
                .position()
                .plus(byGyroBias.times(byGyroBias.transposed()).times(squared(config.gyroBiasSigma())))
                .plus(byForceBias.times(byForceBias.transposed()).times(squared(config.forceBiasSigma())));
        var byAttitude = Matrix3.cross(worldFromBody.apply(measured.position()));
        double attitude = squared(Math.toRadians(config.attitudeSigmaDegrees()));
        return turned(inBody, worldFromBody)
                .plus(byAttitude.times(byAttitude.transposed()).times(attitude))
                .plus(Matrix3.IDENTITY.times(placeVariance + velocityVariance * t * t));
    }

    /// Tilt is felt as acceleration.
    private double velocitySigma(double t) {
        double tilt = Math.toRadians(config.attitudeSigmaDegrees()) * GRAVITY.length();
        return Math.sqrt(velocityVariance + (squared(tilt) + squared(config.forceBiasSigma())) * t * t);
    }

    /// In the body's axes.
    private Matrix3 turnCovariance(Preintegration measured) {
        double t = measured.seconds();
        double variance = squared(Math.toRadians(config.attitudeSigmaDegrees())) + squared(config.gyroBiasSigma() * t);
        return measured.covariance().turn().plus(Matrix3.IDENTITY.times(variance));
    }

    private static Matrix3 turned(Matrix3 covariance, Rotation rotation) {
        var matrix = Matrix3.of(rotation);
        return matrix.times(covariance).times(matrix.transposed());
    }

    private static double squared(double value) {
        return value * value;
    }
}
