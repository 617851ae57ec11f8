package dev.aerie.storage.retention;

import dev.aerie.service.retention.AgeClock;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.messages.MessageFiles;
import dev.aerie.storage.segment.ArchiveFolders;
import dev.aerie.storage.segment.FreeSpace;
import dev.aerie.storage.upload.LocalCopies;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the archive within its [RetentionPolicy], on a dedicated thread until [#close].
///
/// The age of a segment follows from its id, which contains this machine's time of writing: a camera with a wrong
/// clock does not age segments. Neither does this machine's clock if it jumps: see [AgeClock].
public final class RetentionSweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSweeper.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int FAILURES_PER_LOG_LINE = 120;
    private static final int SWEEPS_PER_UNRECORDED = 120;
    private static final int AT_ONCE = 200;

    private final RetentionPolicy policy;
    private final Path archive;
    private final ArchiveFolders folders;
    private final RemovalCandidates candidates;
    private final RetryingRemover remover;
    private final FreeSpaceKeeper room;
    private final AgeClock clock;
    private final Supplier<String> failureCause;
    private @Nullable BackgroundThread thread;
    private long sweeps;
    private int failures;

    /// - `failureCause`: why the archive is unavailable; empty if it is available
    public RetentionSweeper(
            RetentionPolicy policy,
            Path archive,
            ArchiveFolders folders,
            Catalog catalog,
            SegmentRemover segmentRemover,
            LocalCopies copies,
            AgeClock clock,
            Supplier<String> failureCause) {
        this.policy = policy;
        this.archive = archive;
        this.folders = folders;
        this.candidates = new RemovalCandidates(catalog, policy.uploadedOnly());
        this.remover = new RetryingRemover(new Segments(catalog), segmentRemover, copies);
        this.room = new FreeSpaceKeeper(policy.freeBytes(), candidates, System::nanoTime);
        this.clock = clock;
        this.failureCause = failureCause;
    }

    public void start() {
        start(EVERY);
    }

    void start(Duration every) {
        thread = BackgroundThread.every("retention", every, this::round);
        thread.start();
    }

    /// Segments removed since the start.
    public long removed() {
        return remover.removed();
    }

    /// Removals that failed since the start.
    public long failures() {
        return remover.failures();
    }

    /// Why the policy cannot be followed, in words; empty if it can.
    public String failureCause() {
        return Stream.of(room.failureCause(), policy.keepAll().isZero() ? "" : clock.trouble())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /// Removes what the policy does not keep; if one limit cannot be met, the others still are.
    void sweep() throws IOException {
        sweep(() -> FreeSpace.bytes(archive));
    }

    void sweep(FreeSpaceKeeper.FreeSpaceProbe disk) throws IOException {
        IOException first = null;
        for (Step step : List.<Step>of(this::sweepByAge, this::sweepBySize, () -> sweepForRoom(disk))) {
            try {
                step.run();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    void sweepForRoom(FreeSpaceKeeper.FreeSpaceProbe disk) throws IOException {
        room.sweep(disk, candidate -> removeOldest(candidate, "disk full"), atOnce());
    }

    /// Removes files of messages that belong to no segment; only their age counts.
    void sweepUnrecorded() throws IOException {
        if (policy.keepAll().isZero()) {
            return;
        }
        Instant before = clock.now().minus(policy.longest());
        for (Path file : folders.walk().files()) {
            if (MessageFiles.isUnrecorded(file)) {
                removeUnrecorded(file, before);
            }
        }
    }

    private static void removeUnrecorded(Path file, Instant before) {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("messages not removed file={} cause={}", file, e.toString());
        }
    }

    private void sweepByAge() throws IOException {
        if (policy.keepAll().isZero()) {
            return;
        }
        Instant now = clock.now();
        Instant seenBefore = policy.keepLabelled().isZero() ? Instant.EPOCH : now.minus(policy.longest());
        for (var old : candidates.old(now.minus(policy.keepAll()), seenBefore, now, atOnce())) {
            long _ = remover.remove(old.id(), "old");
        }
    }

    private void sweepBySize() throws IOException {
        if (policy.bytesPerStream() == 0) {
            return;
        }
        for (var excess : candidates.tooLarge(policy.bytesPerStream())) {
            long left = excess.bytes();
            for (var oldest : candidates.oldest(excess.stream(), atOnce())) {
                left -= left > 0 ? removeOldest(oldest, "too much of the stream") : 0;
            }
        }
    }

    /// Number of segments to try: segments that cannot be removed now are added, so that they do not displace others.
    private int atOnce() {
        return AT_ONCE + remover.stuck();
    }

    private long removeOldest(RemovalCandidates.Candidate oldest, String cause) throws IOException {
        return policy.uploadedOnly() ? remover.drop(oldest.id()) : remover.remove(oldest.id(), cause);
    }

    private void round() {
        sweeps++;
        if (!failureCause.get().isEmpty()) {
            return;
        }
        try {
            sweep();
            if (sweeps % SWEEPS_PER_UNRECORDED == 0) {
                sweepUnrecorded();
            }
            failures = 0;
        } catch (IOException e) {
            if (failures++ % FAILURES_PER_LOG_LINE == 0) {
                LOG.warn("retention waits attempts={} cause={}", failures, e.getMessage());
            }
        }
    }
}
