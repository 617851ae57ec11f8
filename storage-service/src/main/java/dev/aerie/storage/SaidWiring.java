package dev.aerie.storage;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.retention.AgeClock;
import dev.aerie.retention.Uptime;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshots;
import dev.aerie.storage.clip.Clips;
import dev.aerie.storage.clip.Footage;
import dev.aerie.storage.health.SaidMetrics;
import dev.aerie.storage.journal.CatalogBooks;
import dev.aerie.storage.journal.Journal;
import dev.aerie.storage.journal.SightingIndex;
import dev.aerie.storage.retention.Removal;
import dev.aerie.storage.retention.RetentionPolicy;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.web.ArchiveFolder;
import dev.aerie.web.BasicAccess;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// Builds what keeps the fleet's words, hands recordings out and removes them; [SaidLifecycle] closes it.
final class SaidWiring {

    /// Inside the archive, so that a message and the video it is about are on one disk; no stream can have this name.
    private static final String WAITING = ".journal";

    /// Inside the archive too: how old its segments are.
    private static final String AGES = ".aerie-time";

    private static final long MEBIBYTE = 1L << 20;

    @Produces
    @Singleton
    Journal journal(ArchiveRoot root, Catalog catalog, OpenSegments open, InstantSource clock) {
        return new Journal(root.resolve(WAITING), new CatalogBooks(root.path(), catalog, open), clock, root::trouble);
    }

    @Produces
    @Singleton
    DurableBatchSubscriber said(BrokerConnection broker, Journal journal) {
        return new DurableBatchSubscriber(
                broker, Journal.QUEUE, Journal.EXCHANGES, DurableBatchSubscriber.Batches.USUAL, journal);
    }

    @Produces
    @Singleton
    SightingIndex sightings(Catalog catalog) {
        return new SightingIndex(catalog);
    }

    @Produces
    @Singleton
    Recordings recordings(Catalog catalog) {
        return new Recordings(catalog);
    }

    @Produces
    @Singleton
    Segments segments(Catalog catalog) {
        return new Segments(catalog);
    }

    @Produces
    @Singleton
    Snapshots snapshots(Catalog catalog) {
        return new Snapshots(catalog);
    }

    @Produces
    @Singleton
    Footage footage(ArchiveRoot root, Segments segments, OpenSegments open) {
        return new Footage(root.path(), segments, open);
    }

    @Produces
    @Singleton
    Clips clips(Footage footage, InstantSource clock) {
        return new Clips(footage, clock, new SecureRandom());
    }

    @Produces
    @Singleton
    Removal removal(ArchiveRoot root, Catalog catalog, Producer producer, InstantSource clock) {
        return new Removal(root.path(), catalog, producer, clock);
    }

    @Produces
    @Singleton
    RetentionSweeper sweeper(
            StorageConfig config,
            ArchiveRoot root,
            ArchiveFolders folders,
            Catalog catalog,
            Removal removal,
            LocalCopies copies,
            InstantSource clock) {
        var policy = new RetentionPolicy(
                Duration.ofHours(config.retentionHours()),
                Duration.ofDays(config.retentionEventDays()),
                config.retentionStreamSize() * MEBIBYTE,
                config.retentionFree() * MEBIBYTE,
                config.s3Url().isPresent());
        var ages = new AgeClock(clock, Uptime::nanos, root.resolve(AGES));
        return new RetentionSweeper(policy, root.path(), folders, catalog, removal, copies, ages, root::trouble);
    }

    @Produces
    @Singleton
    ArchiveFolder folder(ArchiveRoot root) {
        return new ArchiveFolder(root.path());
    }

    @Produces
    @Singleton
    BasicAccess access(StorageConfig config) {
        return new BasicAccess(config.username(), config.password());
    }

    @Produces
    @Singleton
    SaidMetrics saidMetrics(MeterRegistry registry, Journal journal, RetentionSweeper sweeper, ArchiveFolders folders) {
        return new SaidMetrics(registry, journal, sweeper, folders);
    }
}
