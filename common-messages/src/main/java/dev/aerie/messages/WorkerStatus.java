package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// How a worker stands with one stream, on [Exchanges#STREAM_EVENTS]: published at each change, and again every few
/// seconds for those who join late.
///
/// - `service`, `instance`: the worker
/// - `cause`: why it stands so, for people; null where there is nothing to say
/// - `failures`: how often the work has failed since frames last flowed
public record WorkerStatus(
        @JsonUnwrapped Envelope envelope,
        String service,
        String instance,
        State state,
        @Nullable String cause,
        int failures)
        implements Message {

    public WorkerStatus {
        Require.present("stream", Require.present("envelope", envelope).stream());
        Require.present("session", envelope.session());
        Require.text("service", service);
        Require.text("instance", instance);
        Require.present("state", state);
        Require.atLeast("failures", failures, 0);
    }

    /// Where the work stands.
    public enum State {
        /// The stream is assigned, and no frame has come yet.
        @JsonProperty("starting")
        STARTING,
        /// Frames flow.
        @JsonProperty("running")
        RUNNING,
        /// The connection to the stream was lost; the next attempt is made without being asked.
        @JsonProperty("reconnecting")
        RECONNECTING,
        /// The work failed; it is begun anew after a while.
        @JsonProperty("failed")
        FAILED,
        /// The work failed again and again, or cannot be done here: the stream goes back to the work queue.
        @JsonProperty("given_back")
        GIVEN_BACK,
        /// This worker is done with the stream.
        @JsonProperty("ended")
        ENDED
    }
}
