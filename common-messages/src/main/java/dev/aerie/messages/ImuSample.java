package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// One reading of an inertial sensor, on [Exchanges#IMU]; the envelope's capture time is the reading's.
///
/// - `frame`: which axes the vectors are along
/// - `angularVelocity`: rad/s; `linearAcceleration`: m/s², gravity included as the sensor feels it
public record ImuSample(
        @JsonUnwrapped Envelope envelope,
        BodyFrame frame,
        @JsonProperty("angular_velocity") Vector3 angularVelocity,
        @JsonProperty("linear_acceleration") Vector3 linearAcceleration)
        implements Message {

    public ImuSample {
        Require.present("envelope", envelope).requireMeasurement();
        Require.present("frame", frame);
        Require.present("angular_velocity", angularVelocity);
        Require.present("linear_acceleration", linearAcceleration);
    }
}
