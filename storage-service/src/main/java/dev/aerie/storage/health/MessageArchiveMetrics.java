package dev.aerie.storage.health;

import dev.aerie.storage.messages.MessageArchive;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveFolders;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// What is counted of messages kept and of segments removed.
public final class MessageArchiveMetrics {

    public MessageArchiveMetrics(
            MeterRegistry registry, MessageArchive messageArchive, RetentionSweeper sweeper, ArchiveFolders folders) {
        count(
                registry,
                messageArchive,
                "kept",
                "messages made safe",
                at -> at.counts().kept());
        count(
                registry,
                messageArchive,
                "filed",
                "messages filed with their segment",
                at -> at.counts().filed());
        count(
                registry,
                messageArchive,
                "repeated",
                "messages that came again",
                at -> at.counts().repeated());
        count(
                registry,
                messageArchive,
                "refused",
                "bodies that were no messages",
                at -> at.counts().refused());
        count(
                registry,
                messageArchive,
                "replayed",
                "messages of replays, not kept",
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
        FunctionCounter.builder("aerie.said." + what, messageArchive, of)
                .description(description)
                .register(registry);
    }
}
