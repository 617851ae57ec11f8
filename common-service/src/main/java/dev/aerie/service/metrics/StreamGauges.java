package dev.aerie.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/// Gauges with one value per stream, labelled `stream`, for as long as the stream is worked on. Values are computed
/// when they are read. Not thread-safe.
///
/// - `S`: a service's work on one stream; one instance per session
public final class StreamGauges<S> {

    private final MeterRegistry registry;
    private final Supplier<? extends Collection<S>> works;
    private final Function<S, String> stream;
    private final List<Rows<S>> gauges = new ArrayList<>();
    private Set<S> shown = Set.of();

    private record Rows<S>(String name, MultiGauge gauge, List<Row<S>> rows) {}

    /// - `more`: labels in addition to `stream`
    private record Row<S>(Tags more, ToDoubleFunction<S> value) {}

    /// - `works`: the current work
    /// - `stream`: returns the stream's name
    public StreamGauges(MeterRegistry registry, Supplier<? extends Collection<S>> works, Function<S, String> stream) {
        this.registry = registry;
        this.works = works;
        this.stream = stream;
    }

    /// Adds a gauge before the first [#refresh]; returns this.
    public StreamGauges<S> add(String name, String description, ToDoubleFunction<S> value) {
        return add(name, description, List.of(new Row<>(Tags.empty(), value)));
    }

    /// Adds a gauge with one value for each of `labels` under the name `label`; returns this.
    ///
    /// - `value`: returns the value of a work for one label
    public <L> StreamGauges<S> addEach(
            String name, String description, String label, List<L> labels, ToDoubleBiFunction<S, L> value) {
        var rows = labels.stream()
                .map(one -> new Row<S>(
                        Tags.of(label, one.toString().toLowerCase(Locale.ROOT)),
                        work -> value.applyAsDouble(work, one)))
                .toList();
        return add(name, description, rows);
    }

    private StreamGauges<S> add(String name, String description, List<Row<S>> rows) {
        gauges.add(new Rows<>(
                name, MultiGauge.builder(name).description(description).register(registry), rows));
        return this;
    }

    /// The names of the gauges; a registry contains them only while there are streams.
    public List<String> names() {
        return gauges.stream().map(Rows::name).toList();
    }

    /// Adds the gauges of new streams and removes those of streams that are gone.
    public void refresh() {
        Set<S> now = Set.copyOf(works.get());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        for (Rows<S> each : gauges) {
            var rows = new ArrayList<MultiGauge.Row<?>>();
            for (S work : shown) {
                for (Row<S> row : each.rows) {
                    rows.add(MultiGauge.Row.of(row.more.and("stream", stream.apply(work)), work, row.value));
                }
            }
            each.gauge.register(rows, true);
        }
    }
}
