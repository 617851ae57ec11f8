package dev.aerie.storage.health;

import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.segment.SegmentRegistrar;
import dev.aerie.storage.work.RecordingWorker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// The metrics of recordings and index; one set per process.
public final class ArchiveMetrics {

    private ArchiveMetrics() {}

    /// Registers the counters of segments and index; returns the gauges per stream.
    public static StreamGauges<RecordingWorker> gauges(
            MeterRegistry registry,
            StreamWorkers<RecordingWorker> recordings,
            SegmentRegistrar registrar,
            Catalog catalog) {
        FunctionCounter.builder("aerie.segments.written", registrar, SegmentRegistrar::entered)
                .description("segments closed and entered in the index")
                .register(registry);
        FunctionCounter.builder("aerie.snapshots.written", registrar, SegmentRegistrar::snapshots)
                .description("snapshots taken and entered in the index")
                .register(registry);
        Gauge.builder("aerie.index.backlog", catalog, Catalog::backlog)
                .description("changes of the index that wait")
                .register(registry);
        FunctionCounter.builder("aerie.index.changes.failed", catalog, Catalog::failed)
                .description("changes of the index that were rolled back")
                .register(registry);
        return ConsumerGauges.of(registry, recordings::all)
                .add(
                        "aerie.recording.frames",
                        "frames written since the stream was assigned",
                        one -> one.status().frames())
                .add(
                        "aerie.recording.bytes",
                        "bytes of access units written since the stream was assigned",
                        one -> one.status().bytes())
                .add(
                        "aerie.recording.lost",
                        "frames lost because the disk was away or slow",
                        one -> one.status().lost())
                .add(
                        "aerie.recording.missing",
                        "frame numbers that were never received",
                        one -> one.status().counts().missing())
                .add(
                        "aerie.recording.waiting.bytes",
                        "bytes received and not written yet",
                        one -> one.status().waitingBytes())
                .add(
                        "aerie.recording.degraded",
                        "1 while the disk cannot be written",
                        one -> one.status().failureCause().isEmpty() ? 0 : 1);
    }
}
