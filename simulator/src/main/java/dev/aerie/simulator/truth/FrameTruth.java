package dev.aerie.simulator.truth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.util.List;

/// The ground truth of one sent frame: a line of JSON.
///
/// - `captureTimeNanos`: Unix time that was sent with it
public record FrameTruth(
        @JsonProperty("capture_time_ns") long captureTimeNanos, int width, int height, List<VisibleBody> bodies) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public FrameTruth {
        bodies = List.copyOf(bodies);
    }

    public static FrameTruth of(long captureTimeNanos, FrameSize size, List<VisibleBody> bodies) {
        return new FrameTruth(captureTimeNanos, size.widthPixels(), size.heightPixels(), bodies);
    }

    /// Throws [IOException] for an invalid line.
    public static FrameTruth parse(String line) throws IOException {
        return JSON.readValue(line, FrameTruth.class);
    }

    public FrameSize frameSize() {
        return new FrameSize(width, height);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + this, e);
        }
    }
}
