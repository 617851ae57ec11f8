package dev.aerie.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.MessageType;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Puts the frames and messages of a stream into an MCAP file. The timeline is the capture time. Every message stands
/// there as the bus carried it (`/drone/pose`), and those that Foxglove has a schema for once more as such. Used by one
/// thread; the writer is owned.
final class RecordingExport implements RecordingSink {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AS_JSON = "json";

    private final McapWriter writer;
    private final String stream;
    private final Map<String, Integer> schemas = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();
    private long frames;
    private long messages;

    RecordingExport(McapWriter writer, String stream) {
        this.writer = writer;
        this.stream = stream;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public long messages() {
        return messages;
    }

    /// A frame, in `/STREAM/video`.
    @Override
    public void add(AccessUnit unit, FrameStamp stamp) throws IOException {
        long captureNanos = stamp.captureTimeNanos();
        frames++;
        add("CompressedVideo", "video", FoxgloveMessages.video(stream, unit, captureNanos), captureNanos, captureNanos);
    }

    /// A message of the bus. Those without a capture time are passed by.
    @Override
    public void add(JsonNode message) throws IOException {
        long captured = message.path("capture_time_ns").asLong(-1);
        String schema = message.path("schema").asText();
        if (captured < 0 || schema.isEmpty()) {
            return;
        }
        messages++;
        long made = Math.max(0, (long) (message.path("timestamp").doubleValue() * 1e9));
        String kind = schema.substring(schema.indexOf('.') + 1, schema.lastIndexOf('/'));
        write(channel(kind, McapWriter.NO_SCHEMA), captured, made, message);
        Optional<MessageType> type = MessageType.ofSchema(schema);
        if (type.isEmpty()) {
            return;
        }
        switch (type.get()) {
            case FRAME_RESULT ->
                add("ImageAnnotations", "annotations", FoxgloveMessages.annotations(message), captured, made);
            case POSE -> {
                if (message.has("pose")) {
                    add("PoseInFrame", "camera", FoxgloveMessages.pose(message), captured, made);
                }
            }
            case TELEMETRY -> {
                if (message.has("latitude")) {
                    add("LocationFix", "location", FoxgloveMessages.location(stream, message), captured, made);
                }
            }
            case ALERT -> add("Log", "log", FoxgloveMessages.log(message), captured, made);
            case IDENTIFICATION,
                    IMU_SAMPLE,
                    IMU_BATCH,
                    STREAM_EVENT,
                    WORKER_STATUS,
                    RECORDING_EVENT,
                    PTZ_EVENT,
                    RESTART -> {}
        }
    }

    @Override
    public void finish() {}

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private void add(String schema, String name, JsonNode message, long logNanos, long madeNanos) throws IOException {
        Integer id = schemas.get(schema);
        if (id == null) {
            id = writer.addSchema("foxglove." + schema, "jsonschema", resource(schema));
            schemas.put(schema, id);
        }
        write(channel(name, id), logNanos, madeNanos, message);
    }

    private int channel(String name, int schema) {
        return channels.computeIfAbsent(name, _ -> writer.addChannel(schema, "/" + stream + "/" + name, AS_JSON));
    }

    private void write(int channel, long logNanos, long madeNanos, JsonNode message) throws IOException {
        try {
            writer.add(channel, logNanos, madeNanos, JSON.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IOException("a message cannot be written", e);
        }
    }

    private static byte[] resource(String schema) throws IOException {
        try (InputStream in = RecordingExport.class.getResourceAsStream(schema + ".json")) {
            if (in == null) {
                throw new IOException("the schema " + schema + " is not among the resources");
            }
            return in.readAllBytes();
        }
    }
}
