package dev.aerie.ingest.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.video.VideoCodec;
import java.util.Optional;

/// The text messages of a client that pushes video.
sealed interface VideoText {

    JsonMapper JSON = JsonMapper.builder().build();

    /// The announced video format; `codec` and `framing` have an effect, size and rate are
    /// read from the video itself.
    ///
    /// - `wholeUnits`: each binary message holds whole access units, so that its last one need not wait for the
    ///   next
    /// - `codec`: empty to detect it
    record VideoConfig(boolean wholeUnits, Optional<VideoCodec> codec) implements VideoText {}

    /// When the next frame was taken, by the client's clock; `sentNanos` is that clock when this was sent.
    record FrameTime(long captureNanos, long sentNanos) implements VideoText {}

    /// Throws [ClientMessageException] for anything that is not one of these.
    static VideoText parse(String text) throws ClientMessageException {
        var json = object(text);
        return switch (json.path("type").asText()) {
            case "video_config" -> videoConfig(json);
            case "frame_time" -> frameTime(json);
            default -> throw new ClientMessageException("type", "video_config or frame_time");
        };
    }

    private static JsonNode object(String text) throws ClientMessageException {
        try {
            var json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException _) {
            // Answered below like any other text that is not an object.
        }
        throw new ClientMessageException("", "a JSON object");
    }

    private static VideoConfig videoConfig(JsonNode json) throws ClientMessageException {
        var codec = VideoCodec.ofWireName(json.path("codec").asText());
        if (json.has("codec") && codec.isEmpty()) {
            throw new ClientMessageException("codec", "h264 or h265");
        }
        for (String number : new String[] {"width", "height", "fps"}) {
            if (json.has(number)
                    && !(json.get(number).isNumber() && json.get(number).asDouble() > 0)) {
                throw new ClientMessageException(number, "a number above 0");
            }
        }
        return switch (json.path("framing").asText("any")) {
            case "any" -> new VideoConfig(false, codec);
            case "access_units" -> new VideoConfig(true, codec);
            default -> throw new ClientMessageException("framing", "any or access_units");
        };
    }

    private static FrameTime frameTime(JsonNode json) throws ClientMessageException {
        long capture = unixNanos(json, "capture_time_ns");
        return new FrameTime(capture, json.has("sent_time_ns") ? unixNanos(json, "sent_time_ns") : capture);
    }

    private static long unixNanos(JsonNode json, String field) throws ClientMessageException {
        var value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ClientMessageException(field, "a whole number of nanoseconds since 1970, 0 or more");
        }
        return value.longValue();
    }
}
