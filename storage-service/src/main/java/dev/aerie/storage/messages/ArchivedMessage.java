package dev.aerie.storage.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One message as it came from the bus, and what of it the archive needs to know: which frame or moment it is
/// about, and its key. Kinds and fields that are not known here are kept as they are.
public final class ArchivedMessage {

    /// By capture time, then frame; what names neither comes first.
    static final Comparator<ArchivedMessage> IN_TIME = Comparator.<ArchivedMessage>comparingLong(
                    said -> said.captureTimeNanos().orElse(-1))
            .thenComparingLong(said -> said.frameNumber().orElse(-1));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KEY_DIGEST_BYTES = 16;

    /// Kinds of which a producer says one for each frame: a second one is a repetition, whatever it says.
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
            throw new MalformedMessageException("stream: no stream can have the name '" + stream + "'");
        }
        session = json.path("session").isTextual()
                ? safeSession(json.get("session").textValue())
                : null;
        frameNumber = session == null ? OptionalLong.empty() : number(json, "frame_number");
        captureTimeNanos = number(json, "capture_time_ns");
        replayed = CaptureClock.REPLAY.wireName().equals(json.path("clock").asText());
        key = keyOf(json);
    }

    /// Reads a body; throws [MalformedMessageException] for one that is no JSON object or names no stream.
    public static ArchivedMessage parse(byte[] body) throws MalformedMessageException {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || !json.isObject()) {
                throw new MalformedMessageException("a message is a JSON object");
            }
            return new ArchivedMessage(json, hasLineBreak(body) ? JSON.writeValueAsBytes(json) : body);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedMessageException("no JSON: " + e.getMessage(), e);
        }
    }

    /// The message in one line of JSON; lent.
    public byte[] line() {
        return line;
    }

    /// The kind of message: `aerie.frame_result/1`.
    public String schema() {
        return schema;
    }

    public String stream() {
        return stream;
    }

    /// The publication it belongs to; null where no video flowed.
    public @Nullable String session() {
        return session;
    }

    public OptionalLong frameNumber() {
        return frameNumber;
    }

    public OptionalLong captureTimeNanos() {
        return captureTimeNanos;
    }

    /// Whether a replay brought it about.
    public boolean isReplayed() {
        return replayed;
    }

    /// Equal for messages that are the same one, come twice.
    public String key() {
        return key;
    }

    private String keyOf(JsonNode json) {
        JsonNode producer = json.path("producer");
        String who = producer.path("service").asText()
                + '|'
                + producer.path("instance").asText()
                + '|'
                + producer.path("model").asText();
        String frame = schema + '|' + stream + '|' + session + '|' + frameNumber.orElse(-1) + '|' + who;
        return ONE_PER_FRAME.contains(schema) && frameNumber.isPresent()
                ? frame
                : frame + '|' + digest(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] content) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(all, 0, KEY_DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String text(JsonNode json, String field) throws MalformedMessageException {
        if (!json.path(field).isTextual()) {
            throw new MalformedMessageException(field + " is missing");
        }
        return json.get(field).textValue();
    }

    /// A session becomes a folder's name, so it must be able to be one.
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
