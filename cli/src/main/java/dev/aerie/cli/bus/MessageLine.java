package dev.aerie.cli.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A message as one line: time, exchange, schema, stream, frame, and the first of its other fields.
final class MessageLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String NO_TIME = "-".repeat(12);
    private static final double MILLIS_PER_SECOND = 1e3;

    /// Of the year 5138; a message is not checked before it is shown.
    private static final double MAX_MILLIS = 1e14;

    private static final int MAX_REST = 120;
    private static final int FEW = 4;

    /// The most useful fields.
    private static final Set<String> FIRST = Set.of("objects", "results", "event", "state");

    private static final Set<String> ENVELOPE =
            Set.of("schema", "stream", "session", "frame_number", "capture_time_ns", "clock", "timestamp", "producer");

    private final ZoneId zone;

    /// - `zone`: of the printed time
    MessageLine(ZoneId zone) {
        this.zone = zone;
    }

    /// Whether the message is of this stream.
    static boolean isOf(String stream, byte[] body) {
        JsonNode message = read(body);
        return message != null && message.path("stream").asText().equals(stream);
    }

    String of(String exchange, byte[] body) {
        JsonNode message = read(body);
        if (message == null) {
            return "%s  %s  (%d bytes that are not a message of the fleet)".formatted(NO_TIME, exchange, body.length);
        }
        return "%s  %-25s  %-24s  %-10s %7s  %s"
                .formatted(
                        time(message),
                        exchange,
                        message.path("schema").asText("-"),
                        message.path("stream").asText("-"),
                        message.path("frame_number").asText("-"),
                        rest(message));
    }

    private static @Nullable JsonNode read(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body);
            return message != null && message.isObject() ? message : null;
        } catch (JsonProcessingException _) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }

    private String time(JsonNode message) {
        double millis = message.path("timestamp").asDouble() * MILLIS_PER_SECOND;
        return Math.abs(millis) <= MAX_MILLIS
                ? TIME.format(Instant.ofEpochMilli(Math.round(millis)).atZone(zone))
                : NO_TIME;
    }

    private static String rest(JsonNode message) {
        var parts = new ArrayList<String>();
        for (var field : message.properties()) {
            if (!ENVELOPE.contains(field.getKey())) {
                String part = field.getKey() + "=" + brief(field.getValue());
                parts.add(FIRST.contains(field.getKey()) ? 0 : parts.size(), part);
            }
        }
        String all = String.join(" ", parts);
        return all.length() <= MAX_REST ? all : all.substring(0, MAX_REST - 1) + "…";
    }

    /// A short value as it is, a long one as its size.
    private static String brief(JsonNode value) {
        if (value.isArray()) {
            return briefArray(value);
        }
        if (!value.isObject()) {
            return value.asText();
        }
        return value.size() > FEW
                ? "{" + value.size() + "}"
                : value.properties().stream()
                        .map(field -> field.getKey() + " " + brief(field.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String briefArray(JsonNode array) {
        var texts = new ArrayList<String>();
        for (JsonNode element : array) {
            if (element.has("label")) {
                texts.add(element.path("label").asText() + " "
                        + element.path("score").asText());
            } else if (element.isValueNode()) {
                texts.add(element.asText());
            }
        }
        boolean isShort = texts.size() == array.size() && texts.size() <= FEW;
        return isShort ? texts.toString() : "[" + array.size() + "]";
    }
}
