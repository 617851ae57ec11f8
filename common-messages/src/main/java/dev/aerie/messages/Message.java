package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// One message of the bus. On the wire its `schema` comes first, then the envelope's fields, then its own.
@JsonPropertyOrder({"schema", "envelope"})
public sealed interface Message
        permits Alert,
                CameraPose,
                FrameResult,
                Identification,
                ImuBatch,
                ImuSample,
                PtzEvent,
                RecordingEvent,
                RestartRequest,
                StreamEvent,
                Telemetry,
                WorkerStatus {

    Envelope envelope();

    /// Name and major number: `aerie.frame_result/1`.
    @JsonProperty(value = "schema", access = JsonProperty.Access.READ_ONLY)
    default String schema() {
        return MessageType.of(getClass()).schema();
    }
}
