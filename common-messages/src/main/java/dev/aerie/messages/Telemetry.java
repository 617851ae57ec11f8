package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// What a vehicle reports of itself, on [Exchanges#TELEMETRY]; what it does not know is left out.
///
/// - `latitudeDegrees`, `longitudeDegrees`: WGS 84, both or neither
/// - `altitudeMetres`: above mean sea level; `relativeAltitudeMetres`: above the place of take-off
/// - `velocityNed`: m/s north, east, down
/// - `attitude`: body (FRD) to north-east-down
/// - `headingDegrees`: 0..360 from true north, clockwise
/// - `batteryPercent`: 0..100
public record Telemetry(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("latitude") @Nullable Double latitudeDegrees,
        @JsonProperty("longitude") @Nullable Double longitudeDegrees,
        @JsonProperty("altitude_m") @Nullable Double altitudeMetres,
        @JsonProperty("relative_altitude_m") @Nullable Double relativeAltitudeMetres,
        @JsonProperty("velocity_ned") @Nullable Vector3 velocityNed,
        @Nullable Quaternion attitude,
        @JsonProperty("heading_deg") @Nullable Double headingDegrees,
        @JsonProperty("battery_percent") @Nullable Double batteryPercent)
        implements Message {

    private static final double FAR_METRES = 1e7;

    public Telemetry {
        Require.present("envelope", envelope).requireMeasurement();
        Require.withinIfPresent("latitude", latitudeDegrees, -90, 90);
        Require.withinIfPresent("longitude", longitudeDegrees, -180, 180);
        Require.rule((latitudeDegrees == null) == (longitudeDegrees == null), "latitude and longitude come together");
        Require.withinIfPresent("altitude_m", altitudeMetres, -FAR_METRES, FAR_METRES);
        Require.withinIfPresent("relative_altitude_m", relativeAltitudeMetres, -FAR_METRES, FAR_METRES);
        Require.withinIfPresent("heading_deg", headingDegrees, 0, 360);
        Require.withinIfPresent("battery_percent", batteryPercent, 0, 100);
    }
}
