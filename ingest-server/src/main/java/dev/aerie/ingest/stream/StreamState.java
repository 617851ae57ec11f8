package dev.aerie.ingest.stream;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a stream is.
public enum StreamState {
    /// A publisher is there, its first whole frame is not.
    @JsonProperty("waiting")
    WAITING,
    /// Frames arrive.
    @JsonProperty("live")
    LIVE,
    /// The publisher is there and silent.
    @JsonProperty("stalled")
    STALLED,
    /// The publisher has gone.
    @JsonProperty("ended")
    ENDED
}
