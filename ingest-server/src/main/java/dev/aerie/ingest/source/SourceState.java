package dev.aerie.ingest.source;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The state of a source.
public enum SourceState {
    /// Being opened.
    @JsonProperty("connecting")
    CONNECTING,
    /// Delivers frames.
    @JsonProperty("running")
    RUNNING,
    /// Failed; waits for the next attempt.
    @JsonProperty("retrying")
    RETRYING,
    /// A file that was played once, to its end.
    @JsonProperty("finished")
    FINISHED,
    /// Stopped on request.
    @JsonProperty("stopped")
    STOPPED
}
