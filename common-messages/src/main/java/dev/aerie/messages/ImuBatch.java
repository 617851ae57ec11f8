package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// Several readings of one inertial sensor, oldest first, on [Exchanges#IMU]; the envelope's capture time is the first
/// one's.
public record ImuBatch(@JsonUnwrapped Envelope envelope, BodyFrame frame, List<Reading> samples) implements Message {

    public ImuBatch {
        Require.present("envelope", envelope).requireMeasurement();
        Require.present("frame", frame);
        samples = List.copyOf(Require.present("samples", samples));
        Require.rule(!samples.isEmpty(), "samples must not be empty");
    }

    /// One reading: Unix time in nanoseconds, rad/s, m/s².
    public record Reading(
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            @JsonProperty("angular_velocity") Vector3 angularVelocity,
            @JsonProperty("linear_acceleration") Vector3 linearAcceleration) {

        public Reading {
            Require.rule(
                    TimeBounds.isTime(captureTimeNanos),
                    "samples.capture_time_ns must be >= 0 and before the year 2200, was " + captureTimeNanos);
            Require.present("samples.angular_velocity", angularVelocity);
            Require.present("samples.linear_acceleration", linearAcceleration);
        }
    }
}
