package dev.aerie.ingest.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.ingest.stream.Publication;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.MalformedVideoException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/// One recording replayed as one stream: its frames and sensor messages. Called by one thread at a time.
final class Replay {

    private static final List<MessageType> MEASURED =
            List.of(MessageType.IMU_SAMPLE, MessageType.IMU_BATCH, MessageType.TELEMETRY);

    private final Publication publication;
    private final AccessUnitAssembler assembler;
    private final Producer producer;
    private final InstantSource clock;

    Replay(Publication publication, int maxUnitBytes, Producer producer, InstantSource clock) {
        this.publication = publication;
        this.assembler = new AccessUnitAssembler(publication.stream(), maxUnitBytes, AccessUnitBoundary.CHUNK_END);
        this.producer = producer;
        this.clock = clock;
    }

    String stream() {
        return publication.stream();
    }

    /// - `message`: presentation time at 90 kHz (8 bytes, big endian), then one access unit with its identity
    /// - throws [MalformedVideoException] or [IllegalArgumentException] if it is malformed or out of order
    void frame(ByteBuffer message) throws MalformedVideoException {
        if (message.remaining() <= Long.BYTES) {
            throw new IllegalArgumentException("a frame is 8 bytes of time and an access unit");
        }
        long ptsTicks90k = message.getLong();
        for (AccessUnit unit : assembler.push(message, ptsTicks90k)) {
            publication.publishRecorded(unit);
        }
    }

    /// A recorded sensor message: it keeps its capture time and frame; its clock becomes `replay`.
    Message measurement(String text) throws ClientMessageException, MalformedMessageException {
        var json = object(text);
        String schema = json.path("schema").asText();
        if (MEASURED.stream().noneMatch(type -> type.schema().equals(schema))) {
            throw new ClientMessageException("schema", "that of an IMU or telemetry message");
        }
        json.put("stream", stream());
        json.put("clock", CaptureClock.REPLAY.wireName());
        json.set("timestamp", JsonNodeFactory.instance.numberNode(clock.millis() / 1e3));
        json.putObject("producer").put("service", producer.service()).put("instance", producer.instance());
        return Messages.read(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    void end(String cause) {
        publication.end(cause);
    }

    private static ObjectNode object(String text) throws ClientMessageException {
        try {
            if (VideoText.JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            // Answered below like any other text that is not an object.
        }
        throw new ClientMessageException("", "a JSON object");
    }
}
