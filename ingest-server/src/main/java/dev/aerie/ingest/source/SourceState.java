package dev.aerie.ingest.source;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a source is.
public enum SourceState {
    /// Being opened.
    @JsonProperty("connecting")
    CONNECTING,
    /// Gives frames.
    @JsonProperty("running")
    RUNNING,
    /// Failed, waits for its next attempt.
    @JsonProperty("retrying")
    RETRYING,
    /// A file that was to be played once has been.
    @JsonProperty("finished")
    FINISHED,
    /// Stopped on demand.
    @JsonProperty("stopped")
    STOPPED
}
