package dev.aerie.storage.health;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamStatus;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.segment.FreeSpace;
import dev.aerie.storage.work.RecordingWorker;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the broker is there, everything received gets onto the disk and into the index, and what is to go can
/// go; says for each stream whether it is recorded.
@Readiness
@Singleton
final class ArchiveReadiness implements HealthCheck {

    private static final String FINE = "fine";

    /// With less than a second of video, the next write may fail.
    private static final long MIN_BYTES = 256 << 10;

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final ArchiveRoot root;
    private final Catalog catalog;
    private final RetentionSweeper sweeper;
    private final StreamWorkers<RecordingWorker> recordings;

    ArchiveReadiness(
            WorkerPlan plan,
            BrokerConnection broker,
            ArchiveRoot root,
            Catalog catalog,
            RetentionSweeper sweeper,
            StreamWorkers<RecordingWorker> recordings) {
        this.plan = plan;
        this.broker = broker;
        this.root = root;
        this.catalog = catalog;
        this.sweeper = sweeper;
        this.recordings = recordings;
    }

    @Override
    public HealthCheckResponse call() {
        long free = freeBytes();
        String disk = orFine(root.failureCause().isEmpty() ? fullness(free) : root.failureCause());
        String index = orFine(catalog.failure());
        String retention = orFine(sweeper.failureCause());
        boolean recorded = recordings.all().stream()
                .allMatch(one -> one.status().failureCause().isEmpty());
        boolean ready = plan.broker().isReady(broker)
                && disk.equals(FINE)
                && index.equals(FINE)
                && retention.equals(FINE)
                && recorded
                && recordings.trouble().isEmpty();
        var answer = HealthCheckResponse.named("storage-service")
                .status(ready)
                .withData("broker", plan.broker().state(broker))
                .withData("disk", disk)
                .withData("index", index)
                .withData("retention", retention)
                .withData("free_bytes", free);
        for (RecordingWorker one : recordings.all()) {
            answer.withData("stream." + one.stream(), flow(one));
        }
        recordings.statuses().stream()
                .filter(StreamStatus::isFailed)
                .forEach(status -> answer.withData("stream." + status.stream(), status.words()));
        return answer.build();
    }

    private long freeBytes() {
        try {
            return FreeSpace.bytes(root.path());
        } catch (IOException _) {
            return 0;
        }
    }

    private static String flow(RecordingWorker one) {
        var status = one.status();
        if (!status.failureCause().isEmpty()) {
            return "not recorded, " + status.failureCause() + ", " + status.waitingBytes() + " bytes wait, "
                    + status.lost() + " frames lost";
        }
        return one.flow("recorded");
    }

    private static String fullness(long free) {
        return free < MIN_BYTES ? "full: " + free + " bytes are free" : "";
    }

    private static String orFine(String failureCause) {
        return failureCause.isEmpty() ? FINE : failureCause;
    }
}
