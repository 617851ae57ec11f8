package dev.aerie.trace;

import dev.aerie.messages.FrameId;
import java.util.Map;
import java.util.Optional;

/// Which frames are followed: a share of all, chosen by their identities, so that every service chooses the same ones.
///
/// - `share`: 0, where tracing is off, to 1
public record FrameSampling(double share) {

    public static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public static final String SHARE = "OTEL_TRACES_SAMPLER_ARG";

    /// About one frame in three seconds of a stream.
    public static final String DEFAULT_SHARE = "0.01";

    public FrameSampling {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0..1, was " + share);
        }
    }

    /// Off unless [#ENDPOINT] is set.
    public static FrameSampling of(Map<String, String> environment) {
        if (environment.getOrDefault(ENDPOINT, "").isEmpty()) {
            return new FrameSampling(0);
        }
        String share = environment.getOrDefault(SHARE, "");
        return new FrameSampling(Double.parseDouble(share.isEmpty() ? DEFAULT_SHARE : share));
    }

    public boolean isOn() {
        return share > 0;
    }

    /// The trace of a frame that is followed; empty for any other.
    public Optional<FrameTrace> sample(FrameId id) {
        return isOn() ? Optional.of(FrameTrace.of(id)).filter(trace -> trace.position() < share) : Optional.empty();
    }
}
