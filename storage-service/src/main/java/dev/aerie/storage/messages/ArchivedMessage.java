package dev.aerie.storage.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.digest.Sha256;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One message as received from the bus, with the fields that the archive needs: frame, time and key. Unknown message
/// types and fields are kept unchanged.
public final class ArchivedMessage {

    /// By capture time, then frame number; messages without them come first.
    static final Comparator<ArchivedMessage> IN_TIME = Comparator.<ArchivedMessage>comparingLong(
                    message -> message.captureTimeNanos().orElse(-1))
            .thenComparingLong(message -> message.frameNumber().orElse(-1));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KEY_DIGEST_BYTES = 16;

    /// Message types with one message per frame and producer: a second one is a duplicate whatever its content.
    private static final List<String> ONE_PER_FRAME =
            List.of(MessageType.FRAME_RESULT.schema(), MessageType.POSE.schema());

    private final byte[] line;
    private final String schema;
    private final String stream;
    private final @Nullable String session;
    private final OptionalLong frameNumber;
    private final OptionalLong captureTimeNanos;
    private final boolean replayed;
    private final String key;

    private ArchivedMessage(JsonNode json, byte[] line) throws MalformedMessageException {
        this.line = line;
        schema = text(json, "schema");
        stream = text(json, "stream");
        if (!FrameId.isStreamName(stream)) {
            throw new MalformedMessageException("stream: invalid name '" + stream + "'");
        }
        session = json.path("session").isTextual()
                ? safeSession(json.get("session").textValue())
                : null;
        frameNumber = session == null ? OptionalLong.empty() : number(json, "frame_number");
        captureTimeNanos = number(json, "capture_time_ns");
        replayed = CaptureClock.REPLAY.wireName().equals(json.path("clock").asText());
        key = keyOf(json);
    }

    /// Parses a body; throws [MalformedMessageException] if it is not a JSON object or has no stream.
    public static ArchivedMessage parse(byte[] body) throws MalformedMessageException {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || !json.isObject()) {
                throw new MalformedMessageException("not a JSON object");
            }
            return new ArchivedMessage(json, hasLineBreak(body) ? JSON.writeValueAsBytes(json) : body);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("invalid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedMessageException("invalid JSON: " + e.getMessage(), e);
        }
    }

    /// The message as one line of JSON; not copied.
    public byte[] line() {
        return line;
    }

    /// The message type: `aerie.frame_result/1`.
    public String schema() {
        return schema;
    }

    public String stream() {
        return stream;
    }

    /// The session; null where no video was published.
    public @Nullable String session() {
        return session;
    }

    public OptionalLong frameNumber() {
        return frameNumber;
    }

    public OptionalLong captureTimeNanos() {
        return captureTimeNanos;
    }

    /// Whether it was caused by a replay.
    public boolean isReplayed() {
        return replayed;
    }

    /// Deduplication key: equal for repeated deliveries of the same message.
    public String key() {
        return key;
    }

    private String keyOf(JsonNode json) {
        JsonNode producer = json.path("producer");
        String source = producer.path("service").asText()
                + '|'
                + producer.path("instance").asText()
                + '|'
                + producer.path("model").asText();
        String frame = schema + '|' + stream + '|' + session + '|' + frameNumber.orElse(-1) + '|' + source;
        return ONE_PER_FRAME.contains(schema) && frameNumber.isPresent()
                ? frame
                : frame
                        + '|'
                        + Sha256.of(json.toString().getBytes(StandardCharsets.UTF_8))
                                .prefix(KEY_DIGEST_BYTES);
    }

    private static String text(JsonNode json, String field) throws MalformedMessageException {
        if (!json.path(field).isTextual()) {
            throw new MalformedMessageException(field + " is missing");
        }
        return json.get(field).textValue();
    }

    /// A session is used as a folder name, so it must be a valid one.
    private static String safeSession(String session) throws MalformedMessageException {
        try {
            return FrameId.requireSession(session);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OptionalLong number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    private static boolean hasLineBreak(byte[] body) {
        for (byte each : body) {
            if (each == '\n') {
                return true;
            }
        }
        return false;
    }
}
