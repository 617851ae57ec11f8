package dev.aerie.messages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of message: what each is called on the wire, which exchange carries it, which record it is.
public enum MessageType {
    FRAME_RESULT("aerie.frame_result/1", Exchanges.PROCESSED_FRAMES, FrameResult.class),
    POSE("aerie.pose/1", Exchanges.SLAM_RESULTS, CameraPose.class),
    IDENTIFICATION("aerie.identification/1", Exchanges.API_RESULTS, Identification.class),
    IMU_SAMPLE("aerie.imu_sample/1", Exchanges.IMU, ImuSample.class),
    IMU_BATCH("aerie.imu_batch/1", Exchanges.IMU, ImuBatch.class),
    TELEMETRY("aerie.telemetry/1", Exchanges.TELEMETRY, Telemetry.class),
    STREAM_EVENT("aerie.stream_event/1", Exchanges.STREAM_EVENTS, StreamEvent.class),
    WORKER_STATUS("aerie.worker_status/1", Exchanges.STREAM_EVENTS, WorkerStatus.class),
    RECORDING_EVENT("aerie.recording_event/1", Exchanges.RECORDING_EVENTS, RecordingEvent.class),
    PTZ_EVENT("aerie.ptz_event/1", Exchanges.PTZ_EVENTS, PtzEvent.class),
    ALERT("aerie.alert/1", Exchanges.ALERTS, Alert.class),
    RESTART("aerie.restart/1", Exchanges.RESTART, RestartRequest.class);

    private final String schema;
    private final String exchange;
    private final Class<? extends Message> record;

    MessageType(String schema, String exchange, Class<? extends Message> record) {
        this.schema = schema;
        this.exchange = exchange;
        this.record = record;
    }

    public static MessageType of(Class<? extends Message> record) {
        return Stream.of(values())
                .filter(type -> type.record == record)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no message type for " + record));
    }

    /// The type whose schema is exactly this; empty for another major number, whose meaning is not known here.
    public static Optional<MessageType> ofSchema(String schema) {
        return Stream.of(values()).filter(type -> type.schema.equals(schema)).findFirst();
    }

    /// The types that an exchange carries.
    public static List<MessageType> on(String exchange) {
        return Stream.of(values())
                .filter(type -> type.exchange.equals(exchange))
                .toList();
    }

    public String schema() {
        return schema;
    }

    public String exchange() {
        return exchange;
    }

    public Class<? extends Message> record() {
        return record;
    }

    /// The JSON Schema among the resources: `/dev/aerie/messages/schema/frame_result-1.json`.
    public String schemaResource() {
        String file = schema.substring(schema.indexOf('.') + 1).replace('/', '-');
        return "/dev/aerie/messages/schema/" + file + ".json";
    }
}
