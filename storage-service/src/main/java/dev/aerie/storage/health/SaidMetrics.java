package dev.aerie.storage.health;

import dev.aerie.storage.journal.Journal;
import dev.aerie.storage.retention.RetentionSweeper;
import dev.aerie.storage.segment.ArchiveFolders;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// What is counted of messages kept and of segments removed.
public final class SaidMetrics {

    public SaidMetrics(MeterRegistry registry, Journal journal, RetentionSweeper sweeper, ArchiveFolders folders) {
        count(registry, journal, "kept", "messages made safe", at -> at.counts().kept());
        count(
                registry,
                journal,
                "filed",
                "messages filed with their segment",
                at -> at.counts().filed());
        count(
                registry,
                journal,
                "repeated",
                "messages that came again",
                at -> at.counts().repeated());
        count(
                registry,
                journal,
                "refused",
                "bodies that were no messages",
                at -> at.counts().refused());
        count(
                registry,
                journal,
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
            MeterRegistry registry, Journal journal, String what, String description, ToDoubleFunction<Journal> of) {
        FunctionCounter.builder("aerie.said." + what, journal, of)
                .description(description)
                .register(registry);
    }
}
