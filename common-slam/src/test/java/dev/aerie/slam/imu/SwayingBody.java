package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.geometry.Spline;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.stream.IntStream;

/// A body on an ellipse of 4 by 6 m, once round in 8 s, its nose to and fro: with a camera that is mounted askew, and a
/// MEMS sensor. Keyframes are a quarter of a second apart.
public final class SwayingBody {

    public static final RigidTransform CAMERA_FROM_BODY = new RigidTransform(
            CameraCalibration.LOOKING_FORWARD.rotation().times(Rotation.exp(new Vector3(0.05, -0.1, 0.02))),
            new Vector3(0.08, -0.05, 0.1));

    private static final double SECONDS_APART = 0.25;
    private static final int READINGS_APART = 50;

    private final FlightPath flight = new FlightPath(
            wave(2, 0, 1), wave(3, 0.25, 1), wave(0.8, 0, 2), wave(0.25, 0.1, 1), wave(0.1, 0.4, 2), wave(0.1, 0, 1));
    private final ImuBuffer readings = new ImuBuffer();

    /// - `keyframes`: over which there are readings
    /// - `lateSeconds`: by how much the sensor's clock is late
    public SwayingBody(int keyframes, double lateSeconds) {
        var sampler = new ImuSampler(flight, ImuNoise.MEMS, 9);
        for (int i = 0; i <= READINGS_APART * (keyframes + 10); i++) {
            var reading = sampler.sample(i);
            readings.add(new ImuReading(
                    nanos(reading.seconds() - lateSeconds), reading.angularVelocity(), reading.specificForce()));
        }
    }

    private static Spline wave(double size, double phase, int waves) {
        double[] knots = IntStream.range(0, 16)
                .mapToDouble(i -> size * StrictMath.cos(2 * Math.PI * (waves * i / 16.0 - phase)))
                .toArray();
        return Spline.closed(knots, 0.5, 0);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    public long timeNanos(int keyframe) {
        return nanos(keyframe * SECONDS_APART);
    }

    public ImuBuffer readings() {
        return readings;
    }

    /// Metres, Z up.
    public RigidTransform worldFromCamera(int keyframe) {
        double seconds = keyframe * SECONDS_APART;
        return new RigidTransform(flight.worldFromBody(seconds), flight.position(seconds))
                .times(CAMERA_FROM_BODY.inverse());
    }

    /// m/s
    public Vector3 velocity(int keyframe) {
        return flight.velocity(keyframe * SECONDS_APART);
    }

    /// From one keyframe to a later one.
    public Preintegration measured(int from, int to) {
        return Preintegration.of(readings.between(timeNanos(from), timeNanos(to)), Vector3.ZERO, InertialNoise.DEFAULT);
    }
}
