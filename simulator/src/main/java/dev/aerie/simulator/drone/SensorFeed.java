package dev.aerie.simulator.drone;

import dev.aerie.geometry.Rotation;
import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.Quaternion;
import dev.aerie.messages.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import java.util.ArrayList;
import java.util.List;

/// Inertial samples and telemetry of the flight, synchronous with its frames.
///
/// World X is east, Y north; its origin lies at 47.3977° N, 8.5456° E, 488 m above the sea.
final class SensorFeed {

    private static final double ORIGIN_LATITUDE = 47.3977;
    private static final double ORIGIN_LONGITUDE = 8.5456;
    private static final double ORIGIN_ALTITUDE_METRES = 488;
    private static final double METRES_PER_DEGREE = 111_320;
    private static final double BATTERY_PERCENT_PER_SECOND = 100.0 / 1800;

    private final FlightPath trajectory;
    private final ImuSampler imu;
    private long nextSample;

    SensorFeed(FlightPath trajectory, ImuNoise noise) {
        this.trajectory = trajectory;
        this.imu = new ImuSampler(trajectory, noise, 1);
    }

    /// The inertial samples since the last call, up to a moment of the flight that was `unixNanos`; may be empty.
    List<ImuBatch.Reading> samplesUntil(double seconds, long unixNanos) {
        List<ImuBatch.Reading> readings = new ArrayList<>();
        while ((double) nextSample / ImuSampler.SAMPLES_PER_SECOND <= seconds) {
            var sample = imu.sample(nextSample++);
            long capturedAt = unixNanos - Math.round((seconds - sample.seconds()) * 1e9);
            readings.add(
                    new ImuBatch.Reading(capturedAt, wire(sample.angularVelocity()), wire(sample.specificForce())));
        }
        return readings;
    }

    /// Drops the samples up to a time without a connection.
    void skipUntil(double seconds) {
        nextSample = Math.max(nextSample, (long) Math.ceil(seconds * ImuSampler.SAMPLES_PER_SECOND));
    }

    static DroneMessages.Imu imuMessage(List<ImuBatch.Reading> readings) {
        return new DroneMessages.Imu(BodyFrame.FLU, readings);
    }

    DroneMessages.Telemetry telemetry(double seconds, long unixNanos) {
        var position = trajectory.position(seconds);
        var velocity = trajectory.velocity(seconds);
        double metresPerDegreeEast = METRES_PER_DEGREE * StrictMath.cos(Math.toRadians(ORIGIN_LATITUDE));
        double yawDegrees = Math.toDegrees(trajectory.yaw().value(seconds));
        double heading = 90 - yawDegrees;
        return new DroneMessages.Telemetry(
                unixNanos,
                ORIGIN_LATITUDE + position.y() / METRES_PER_DEGREE,
                ORIGIN_LONGITUDE + position.x() / metresPerDegreeEast,
                ORIGIN_ALTITUDE_METRES + position.z(),
                position.z(),
                new Vector3(velocity.y(), velocity.x(), -velocity.z()),
                attitude(seconds),
                heading - 360 * Math.floor(heading / 360),
                Math.max(0, 100 - seconds * BATTERY_PERCENT_PER_SECOND));
    }

    /// North-east-down from forward-right-down.
    private Quaternion attitude(double seconds) {
        var eastNorthUp = trajectory.worldFromBody(seconds);
        var northEastDown = Rotation.ofAxes(
                swapped(eastNorthUp.xAxis()),
                swapped(eastNorthUp.yAxis()).times(-1),
                swapped(eastNorthUp.zAxis()).times(-1));
        return northEastDown.toQuaternion();
    }

    private static dev.aerie.geometry.Vector3 swapped(dev.aerie.geometry.Vector3 v) {
        return new dev.aerie.geometry.Vector3(v.y(), v.x(), -v.z());
    }

    private static Vector3 wire(dev.aerie.geometry.Vector3 v) {
        return new Vector3(v.x(), v.y(), v.z());
    }
}
