package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which clock gave a frame's capture time.
public enum CaptureClock {
    /// The client that sent the frame said so.
    @JsonProperty("sender")
    SENDER,
    /// The camera's RTCP sender report mapped its RTP time to wall clock.
    @JsonProperty("rtcp-sr")
    RTCP_SR,
    /// The ingest's own clock when the access unit arrived.
    @JsonProperty("arrival")
    ARRIVAL,
    /// A recording: the frame is shown again, and its time is that of the first time.
    @JsonProperty("replay")
    REPLAY;

    /// The name on the wire.
    public String wireName() {
        return switch (this) {
            case SENDER -> "sender";
            case RTCP_SR -> "rtcp-sr";
            case ARRIVAL -> "arrival";
            case REPLAY -> "replay";
        };
    }
}
