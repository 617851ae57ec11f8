package dev.aerie.ingest.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/// The text messages of `WS /ws/results/{stream}`, as they go out in JSON.
@JsonPropertyOrder("type")
@RegisterForReflection(
        targets = {ResultText.Result.class, ResultText.Event.class, ResultText.Rates.class, ResultText.RawJson.class})
sealed interface ResultText {

    @JsonProperty
    String type();

    /// The results of one frame, by kind: `frame_result`, `pose`, `identification`; each as the bus carried it.
    record Result(String stream, String session, long frameNumber, Map<String, RawJson> results) implements ResultText {
        @Override
        public String type() {
            return "result";
        }
    }

    /// A message that does not belong to one frame: a stream event, telemetry, a recording event.
    record Event(String stream, String kind, RawJson message) implements ResultText {
        @Override
        public String type() {
            return "event";
        }
    }

    /// Once a second: messages a second of this stream, by exchange.
    ///
    /// - `broker`: whether this server is connected to the broker
    /// - `dropped`: messages dropped because this client reads too slowly, since it connected
    record Rates(String stream, boolean broker, Map<String, Double> exchanges, long dropped) implements ResultText {
        @Override
        public String type() {
            return "rates";
        }
    }

    /// JSON that is passed on unchanged.
    record RawJson(@JsonValue @JsonRawValue String json) {}
}
