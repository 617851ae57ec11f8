package dev.aerie.storage.health;

import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveFolders;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// Metrics of the message archive and of retention.
public final class MessageArchiveMetrics {

    public MessageArchiveMetrics(
            MeterRegistry registry, MessageArchive messageArchive, RetentionSweeper sweeper, ArchiveFolders folders) {
        count(
                registry,
                messageArchive,
                "persisted",
                "messages written to the write-ahead log",
                at -> at.counts().persisted());
        count(
                registry,
                messageArchive,
                "filed",
                "messages moved to the message file of their segment",
                at -> at.counts().filed());
        count(
                registry,
                messageArchive,
                "duplicates",
                "repeated messages, skipped",
                at -> at.counts().duplicates());
        count(
                registry,
                messageArchive,
                "invalid",
                "bodies that were not messages",
                at -> at.counts().invalid());
        count(
                registry,
                messageArchive,
                "replayed",
                "messages of replays, skipped",
                at -> at.counts().replayed());
        FunctionCounter.builder("aerie.segments.removed", sweeper, RetentionSweeper::removed)
                .description("segments removed by retention")
                .register(registry);
        FunctionCounter.builder("aerie.segments.removal.failures", sweeper, RetentionSweeper::failures)
                .description("removals that failed")
                .register(registry);
        FunctionCounter.builder("aerie.folders.unreadable", folders, ArchiveFolders::unreadable)
                .description("folders of the archive that could not be read")
                .register(registry);
    }

    private static void count(
            MeterRegistry registry,
            MessageArchive messageArchive,
            String what,
            String description,
            ToDoubleFunction<MessageArchive> of) {
        FunctionCounter.builder("aerie.message.archive." + what, messageArchive, of)
                .description(description)
                .register(registry);
    }
}
