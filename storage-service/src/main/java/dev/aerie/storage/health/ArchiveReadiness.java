package dev.aerie.storage.health;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.service.consumer.ConsumerReadiness;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.segment.FreeSpace;
import dev.aerie.storage.work.RecordingWorker;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready while, in addition to the common checks, all received video is written to disk and index, and retention can
/// remove segments. Reports for each stream whether it is recorded.
@Readiness
@Singleton
final class ArchiveReadiness extends ConsumerReadiness<RecordingWorker> {

    private static final String FINE = "fine";

    /// Below this, the room is less than a second of video, and the next write may fail.
    private static final long MIN_BYTES = 256 << 10;

    private final ArchiveRoot root;
    private final Catalog catalog;
    private final RetentionSweeper sweeper;
    private final StreamWorkers<RecordingWorker> recordings;

    ArchiveReadiness(
            Producer producer,
            WorkerPlan plan,
            BrokerConnection broker,
            StreamWorkers<RecordingWorker> recordings,
            ArchiveRoot root,
            Catalog catalog,
            RetentionSweeper sweeper) {
        super(producer, plan, broker, recordings);
        this.root = root;
        this.catalog = catalog;
        this.sweeper = sweeper;
        this.recordings = recordings;
    }

    @Override
    protected boolean describe(HealthCheckResponseBuilder response) {
        long free = freeBytes();
        String disk = orFine(root.failureCause().isEmpty() ? fullness(free) : root.failureCause());
        String index = orFine(catalog.failure());
        String retention = orFine(sweeper.failureCause());
        response.withData("disk", disk)
                .withData("index", index)
                .withData("retention", retention)
                .withData("free_bytes", free);
        return disk.equals(FINE)
                && index.equals(FINE)
                && retention.equals(FINE)
                && recordings.all().stream()
                        .allMatch(one -> one.status().failureCause().isEmpty());
    }

    private long freeBytes() {
        try {
            return FreeSpace.bytes(root.path());
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    protected String describe(RecordingWorker one) {
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
