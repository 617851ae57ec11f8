package dev.aerie.storage;

import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.DurableBatchSubscriber;
import dev.aerie.service.retention.AgeClock;
import dev.aerie.service.retention.Uptime;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshots;
import dev.aerie.storage.clip.Clips;
import dev.aerie.storage.clip.HlsArchive;
import dev.aerie.storage.clip.SegmentFrames;
import dev.aerie.storage.health.MessageArchiveMetrics;
import dev.aerie.storage.messages.CatalogSegmentMessages;
import dev.aerie.storage.messages.LabelIndex;
import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.retention.RetentionPolicy;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.retention.SegmentRemover;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.ArchiveRoot;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.storage.web.ArchiveFolder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Builds the message archive, the playback of recordings and the retention; [MessageArchiveLifecycle] closes them.
final class MessageArchiveWiring {

    /// The write-ahead log lies inside the archive, so that a message and the video that it is about are on one disk.
    /// No stream can have this name.
    private static final String WAITING = ".journal";

    /// File of the age clock, inside the archive, too.
    private static final String AGES = ".aerie-time";

    private static final long MEBIBYTE = 1L << 20;

    @Produces
    @Singleton
    MessageArchive journal(ArchiveRoot root, Catalog catalog, OpenSegments open, InstantSource clock) {
        return new MessageArchive(
                root.resolve(WAITING),
                new CatalogSegmentMessages(root.path(), catalog, open),
                clock,
                root::failureCause);
    }

    @Produces
    @Singleton
    DurableBatchSubscriber message(BrokerConnection broker, MessageArchive messageArchive) {
        return new DurableBatchSubscriber(
                        broker,
                        MessageArchive.QUEUE,
                        MessageArchive.EXCHANGES,
                        DurableBatchSubscriber.Batches.DEFAULT,
                        messageArchive)
                .replacing(MessageArchive.OLD_QUEUE);
    }

    @Produces
    @Singleton
    LabelIndex labels(Catalog catalog) {
        return new LabelIndex(catalog);
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
    SegmentFrames footage(ArchiveRoot root, Segments segments, OpenSegments open) {
        return new SegmentFrames(root.path(), segments, open);
    }

    @Produces
    @Singleton
    Clips clips(SegmentFrames segmentFrames, InstantSource clock) {
        return new Clips(segmentFrames, clock, new SecureRandom());
    }

    @Produces
    @Singleton
    HlsArchive hls(SegmentFrames segmentFrames, InstantSource clock) {
        return new HlsArchive(segmentFrames, clock);
    }

    @Produces
    @Singleton
    SegmentRemover removal(ArchiveRoot root, Catalog catalog, Producer producer, InstantSource clock) {
        return new SegmentRemover(root.path(), catalog, producer, clock);
    }

    @Produces
    @Singleton
    RetentionSweeper sweeper(
            StorageConfig config,
            ArchiveRoot root,
            ArchiveFolders folders,
            Catalog catalog,
            SegmentRemover segmentRemover,
            LocalCopies copies,
            InstantSource clock) {
        var policy = new RetentionPolicy(
                config.retentionHours(),
                config.retentionEventDays(),
                config.retentionStreamSize() * MEBIBYTE,
                config.retentionFree() * MEBIBYTE,
                config.s3Url().isPresent());
        var ages = new AgeClock(clock, Uptime::nanos, root.resolve(AGES));
        return new RetentionSweeper(
                policy, root.path(), folders, catalog, segmentRemover, copies, ages, root::failureCause);
    }

    @Produces
    @Singleton
    ArchiveFolder folder(ArchiveRoot root) {
        return new ArchiveFolder(root.path());
    }

    @Produces
    @Singleton
    MessageArchiveMetrics saidMetrics(
            MeterRegistry registry, MessageArchive messageArchive, RetentionSweeper sweeper, ArchiveFolders folders) {
        return new MessageArchiveMetrics(registry, messageArchive, sweeper, folders);
    }
}
