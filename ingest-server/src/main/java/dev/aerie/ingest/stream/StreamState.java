package dev.aerie.ingest.stream;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The state of a stream.
public enum StreamState {
    /// A publisher is connected; no complete frame has arrived.
    @JsonProperty("waiting")
    WAITING,
    /// Frames arrive.
    @JsonProperty("live")
    LIVE,
    /// The publisher is connected and silent.
    @JsonProperty("stalled")
    STALLED,
    /// The session has ended.
    @JsonProperty("ended")
    ENDED
}
