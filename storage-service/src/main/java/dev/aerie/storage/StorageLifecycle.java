package dev.aerie.storage;

import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.service.consumer.StartOrder;
import dev.aerie.service.consumer.StopOrder;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.segment.ArchiveMaintenance;
import dev.aerie.storage.segment.SnapshotTaker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts the archive before the first recording, and closes it after the last one.
@Singleton
final class StorageLifecycle {

    private final ConfirmedPublisher publisher;
    private final Catalog catalog;
    private final ArchiveMaintenance maintenance;
    private final SnapshotTaker snapshots;

    StorageLifecycle(
            ConfirmedPublisher publisher, Catalog catalog, ArchiveMaintenance maintenance, SnapshotTaker snapshots) {
        this.publisher = publisher;
        this.catalog = catalog;
        this.maintenance = maintenance;
        this.snapshots = snapshots;
    }

    void start(@Observes @Priority(StartOrder.OUTPUTS) StartupEvent event) {
        publisher.start();
        catalog.start();
        maintenance.start();
    }

    void stop(@Observes @Priority(StopOrder.OUTPUTS) ShutdownEvent event) {
        snapshots.close();
        maintenance.close();
        catalog.close();
        publisher.close();
    }
}
