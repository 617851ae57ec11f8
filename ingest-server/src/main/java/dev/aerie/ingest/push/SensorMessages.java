package dev.aerie.ingest.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.ingest.stream.ClockOrigin;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.Producer;
import dev.aerie.messages.TimeBounds;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Converts a vehicle's measurements to messages of the bus: on the server's clock, with the nearest frame.
///
/// A vehicle gives times by its own clock and names no frame; stream, session and producer in its message are
/// overwritten. Without video a message names no frame. An implausible time is replaced by the time of arrival.
final class SensorMessages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_SAMPLES = 10_000;

    private final String stream;
    private final Streams streams;
    private final SensorClock sensorClock;
    private final Producer producer;
    private final InstantSource clock;

    SensorMessages(String stream, Streams streams, ClientClock videoClock, Producer producer, InstantSource clock) {
        this.stream = stream;
        this.streams = streams;
        this.sensorClock = new SensorClock(videoClock);
        this.producer = producer;
        this.clock = clock;
    }

    /// An IMU sample, or a batch where there is a list `samples`.
    Message imu(String text) throws ClientMessageException, MalformedMessageException {
        var json = object(text);
        return json.has("samples") ? batch(json) : single(json, MessageType.IMU_SAMPLE);
    }

    Message telemetry(String text) throws ClientMessageException, MalformedMessageException {
        return single(object(text), MessageType.TELEMETRY);
    }

    private Message batch(ObjectNode json) throws ClientMessageException, MalformedMessageException {
        var samples = json.get("samples");
        if (!samples.isArray() || samples.isEmpty() || samples.size() > MAX_SAMPLES) {
            throw new ClientMessageException("samples", "a list of 1.." + MAX_SAMPLES + " samples");
        }
        long lastNanos = unixNanos(samples.get(samples.size() - 1));
        long arrivalNanos = observe(json.path("sent_time_ns").asLong(lastNanos));
        boolean near = true;
        for (JsonNode sample : samples) {
            near &= TimeBounds.isNear(sensorClock.toOurs(unixNanos(sample), arrivalNanos), arrivalNanos);
        }
        for (JsonNode sample : samples) {
            if (sample instanceof ObjectNode reading) {
                long nanos = unixNanos(reading);
                reading.put(
                        "capture_time_ns",
                        near
                                ? sensorClock.toOurs(nanos, arrivalNanos)
                                : asIfTheLastCameNow(nanos, lastNanos, arrivalNanos));
            }
        }
        long firstNanos = unixNanos(samples.get(0));
        return completed(
                json,
                MessageType.IMU_BATCH,
                near ? CaptureTime.bySender(firstNanos) : refused(ClockOrigin.IMU, firstNanos));
    }

    /// A sample of a batch whose clock is refused: the intervals between the samples are kept.
    private static long asIfTheLastCameNow(long nanos, long lastNanos, long arrivalNanos) {
        long ours = TimeBounds.plus(arrivalNanos, TimeBounds.plus(nanos, -lastNanos));
        return TimeBounds.isNear(ours, arrivalNanos) ? Math.min(ours, arrivalNanos) : arrivalNanos;
    }

    private CaptureTime refused(ClockOrigin origin, long unixNanos) {
        streams.clockCheck().refuse(origin);
        return CaptureTime.byArrival(unixNanos);
    }

    private Message single(ObjectNode json, MessageType type) throws ClientMessageException, MalformedMessageException {
        if (!json.has("capture_time_ns")) {
            return completed(json, type, CaptureTime.byArrival(streams.unixNanos()));
        }
        long capturedNanos = unixNanos(json);
        long arrivalNanos = observe(json.path("sent_time_ns").asLong(capturedNanos));
        var reported = CaptureTime.bySender(sensorClock.toOurs(capturedNanos, arrivalNanos));
        var origin = type == MessageType.TELEMETRY ? ClockOrigin.TELEMETRY : ClockOrigin.IMU;
        return completed(json, type, streams.admit(origin, reported));
    }

    private Message completed(ObjectNode json, MessageType type, CaptureTime captured)
            throws MalformedMessageException {
        json.put("schema", type.schema());
        json.put("stream", stream);
        json.put("capture_time_ns", captured.unixNanos());
        json.put("clock", captured.clock().wireName());
        json.set("timestamp", NODES.numberNode(clock.millis() / 1e3));
        json.putObject("producer").put("service", producer.service()).put("instance", producer.instance());
        nameFrame(json, captured.unixNanos());
        return Messages.read(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void nameFrame(ObjectNode json, long captureNanos) {
        json.remove("session");
        json.remove("frame_number");
        streams.find(stream)
                .flatMap(publication -> publication.frameNearestTo(captureNanos))
                .ifPresent(nearest -> json.put("session", nearest.id().session())
                        .put("frame_number", nearest.id().frameNumber()));
    }

    /// Updates the clock with the time of sending; returns the time of arrival.
    private long observe(long sentNanos) {
        long arrivalNanos = streams.unixNanos();
        sensorClock.observe(sentNanos, arrivalNanos);
        return arrivalNanos;
    }

    private static long unixNanos(JsonNode json) throws ClientMessageException {
        var value = json.path("capture_time_ns");
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ClientMessageException("capture_time_ns", "a whole number of nanoseconds since 1970, 0 or more");
        }
        return value.longValue();
    }

    private static ObjectNode object(String text) throws ClientMessageException {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            // Answered below like any other text that is not an object.
        }
        throw new ClientMessageException("", "a JSON object");
    }
}
