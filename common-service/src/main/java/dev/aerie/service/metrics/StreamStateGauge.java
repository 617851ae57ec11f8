package dev.aerie.service.metrics;

import dev.aerie.service.worker.StreamStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The state of each stream: `aerie_stream_state{stream,state}` is 1 for the current state, and
/// `aerie_stream_failures{stream}` counts the failures since frames last flowed. Not thread-safe.
public final class StreamStateGauge {

    private final Supplier<List<StreamStatus>> statuses;
    private final MultiGauge states;
    private final MultiGauge failures;
    private List<StreamStatus> shown = List.of();

    /// - `statuses`: called by each [#refresh]
    public StreamStateGauge(MeterRegistry registry, Supplier<List<StreamStatus>> statuses) {
        this.statuses = statuses;
        this.states = MultiGauge.builder("aerie.stream.state")
                .description("1 for the current state of the stream's worker")
                .register(registry);
        this.failures = MultiGauge.builder("aerie.stream.failures")
                .description("failures of the stream's worker since frames last flowed")
                .register(registry);
    }

    /// Updates the gauges.
    public void refresh() {
        List<StreamStatus> now = List.copyOf(statuses.get());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        var stateRows = new ArrayList<MultiGauge.Row<?>>();
        var failureRows = new ArrayList<MultiGauge.Row<?>>();
        for (StreamStatus status : now) {
            String state = status.state().name().toLowerCase(Locale.ROOT);
            stateRows.add(MultiGauge.Row.of(Tags.of("stream", status.stream(), "state", state), 1));
            failureRows.add(MultiGauge.Row.of(Tags.of("stream", status.stream()), status.failures()));
        }
        states.register(stateRows, true);
        failures.register(failureRows, true);
    }
}
