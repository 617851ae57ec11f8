package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// A place on the earth.
///
/// - `latitudeDegrees`, `longitudeDegrees`: WGS 84
/// - `altitudeMetres`: above what the vehicle's telemetry counts from
/// - `covariance`: 2 × 2, row-major, of east and north, m²
public record EarthPosition(
        @JsonProperty("latitude") double latitudeDegrees,
        @JsonProperty("longitude") double longitudeDegrees,
        @JsonProperty("altitude_m") double altitudeMetres,
        List<Double> covariance) {

    public EarthPosition {
        Require.within("latitude", latitudeDegrees, -90, 90);
        Require.within("longitude", longitudeDegrees, -180, 180);
        Require.finite("altitude_m", altitudeMetres);
        covariance = List.copyOf(Require.present("covariance", covariance));
        Require.rule(covariance.size() == 4, "covariance must have 4 numbers, had " + covariance.size());
        covariance.forEach(value -> Require.finite("covariance", value));
    }
}
