package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Where the time of one frame went, in milliseconds.
///
/// - `decode`: in the video decoder
/// - `wait`: between decoder and model
/// - `infer`: in detector and tracker
/// - `total`: from the first of these to the message
public record Timing(
        @JsonProperty("decode") double decodeMillis,
        @JsonProperty("wait") double waitMillis,
        @JsonProperty("infer") double inferMillis,
        @JsonProperty("total") double totalMillis) {

    public Timing {
        Require.atLeast("timing_ms.decode", decodeMillis, 0.0);
        Require.atLeast("timing_ms.wait", waitMillis, 0.0);
        Require.atLeast("timing_ms.infer", inferMillis, 0.0);
        Require.atLeast("timing_ms.total", totalMillis, 0.0);
    }
}
