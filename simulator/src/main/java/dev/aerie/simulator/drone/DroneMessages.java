package dev.aerie.simulator.drone;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.BodyFrame;
import dev.aerie.messages.ImuBatch;
import dev.aerie.messages.Quaternion;
import dev.aerie.messages.Vector3;
import java.util.List;

/// The JSON texts that a drone sends.
sealed interface DroneMessages {

    JsonMapper JSON = JsonMapper.builder().build();

    /// The announced video format.
    ///
    /// - `framing`: `access_units` if each binary message holds whole units, `any` otherwise
    record VideoConfig(String type, String codec, int width, int height, double fps, String framing)
            implements DroneMessages {}

    /// Capture time of the next frame and time of sending, Unix nanoseconds by the drone's clock.
    record FrameTime(
            String type,
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            @JsonProperty("sent_time_ns") long sentTimeNanos)
            implements DroneMessages {}

    /// Inertial samples, oldest first.
    record Imu(BodyFrame frame, List<ImuBatch.Reading> samples) implements DroneMessages {}

    /// Position and attitude of the drone; units as in [dev.aerie.messages.Telemetry].
    record Telemetry(
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            double latitude,
            double longitude,
            @JsonProperty("altitude_m") double altitudeMetres,
            @JsonProperty("relative_altitude_m") double relativeAltitudeMetres,
            @JsonProperty("velocity_ned") Vector3 velocityNed,
            Quaternion attitude,
            @JsonProperty("heading_deg") double headingDegrees,
            @JsonProperty("battery_percent") double batteryPercent)
            implements DroneMessages {}

    default String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + this, e);
        }
    }
}
