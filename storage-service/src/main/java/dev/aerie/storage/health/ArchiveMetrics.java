package dev.aerie.storage.health;

import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.segment.SegmentLedger;
import dev.aerie.storage.work.StreamRecording;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// What is counted for the operator's graphs; one set per process.
public final class ArchiveMetrics {

    private final AssignedStreams<StreamRecording> recordings;
    private final MultiGauge frames;
    private final MultiGauge bytes;
    private final MultiGauge lost;
    private final MultiGauge missing;
    private final MultiGauge waiting;
    private final MultiGauge troubled;
    private Set<StreamRecording> shown = Set.of();

    /// Registers everything; [#refresh] keeps the streams' own up to date.
    public ArchiveMetrics(
            MeterRegistry registry,
            AssignedStreams<StreamRecording> recordings,
            SegmentLedger ledger,
            Catalog catalog) {
        this.recordings = recordings;
        frames = gauge(registry, "aerie.recording.frames", "pictures written since the stream was taken");
        bytes = gauge(registry, "aerie.recording.bytes", "bytes of access units written since then");
        lost = gauge(registry, "aerie.recording.lost", "pictures lost because the disk was away or slow");
        missing = gauge(registry, "aerie.recording.missing", "frame numbers that were never received");
        waiting = gauge(registry, "aerie.recording.waiting.bytes", "received and not written yet");
        troubled = gauge(registry, "aerie.recording.troubled", "1 while the disk takes nothing");
        FunctionCounter.builder("aerie.segments.written", ledger, SegmentLedger::entered)
                .description("segments closed and entered in the index")
                .register(registry);
        FunctionCounter.builder("aerie.snapshots.written", ledger, SegmentLedger::snapshots)
                .description("snapshots taken and entered in the index")
                .register(registry);
        Gauge.builder("aerie.index.backlog", catalog, Catalog::backlog)
                .description("changes that wait to be made")
                .register(registry);
    }

    /// Brings the streams that are there now in and lets the others go; their values are asked for when they are read.
    public void refresh() {
        var now = Set.copyOf(recordings.all());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        rows(frames, one -> one.status().frames());
        rows(bytes, one -> one.status().bytes());
        rows(lost, one -> one.status().lost());
        rows(missing, one -> one.status().counts().missing());
        rows(waiting, one -> one.status().waitingBytes());
        rows(troubled, one -> one.status().trouble().isEmpty() ? 0 : 1);
    }

    private void rows(MultiGauge gauge, ToDoubleFunction<StreamRecording> value) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (StreamRecording one : shown) {
            rows.add(MultiGauge.Row.of(Tags.of("stream", one.stream()), one, value));
        }
        gauge.register(rows, true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
