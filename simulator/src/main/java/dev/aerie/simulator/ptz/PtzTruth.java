package dev.aerie.simulator.ptz;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.simulator.truth.FrameTruth;
import java.io.IOException;

/// The ground truth of one sent frame of a PTZ camera: a line of JSON.
///
/// - `panDegrees`, `tiltDegrees`, `zoom`: where the camera really pointed
/// - `moves`: commands to move or to stop that its motors have had so far
public record PtzTruth(
        String stream,
        @JsonProperty("pan_deg") double panDegrees,
        @JsonProperty("tilt_deg") double tiltDegrees,
        double zoom,
        long moves,
        FrameTruth frame) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Throws [IOException] for an invalid line.
    public static PtzTruth parse(String line) throws IOException {
        return JSON.readValue(line, PtzTruth.class);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + this, e);
        }
    }
}
