package dev.aerie.storage.retention;

import dev.aerie.messages.Ulid;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.segment.FreeSpace;
import dev.aerie.storage.upload.LocalCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the archive within its [RetentionPolicy], on a thread of its own until [#close].
///
/// The age of a segment is told by its id, which says when it was written by this machine's clock: a camera whose
/// clock is wrong makes nothing old.
public final class RetentionSweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSweeper.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int FAILURES_PER_LOG_LINE = 120;
    private static final int SWEEPS_PER_UNRECORDED = 120;
    private static final int AT_ONCE = 200;
    private static final Sql OLD = new Sql("""
            SELECT id FROM segments WHERE state <> 'OPEN' AND is_protected = 0 AND id < ?
            AND (id < ? OR NOT EXISTS (SELECT 1 FROM sightings s WHERE s.segment = segments.id))
            AND (? = 0 OR state <> 'CLOSED' OR EXISTS
                (SELECT 1 FROM uploads u WHERE u.segment = segments.id AND u.done_ms IS NOT NULL))
            ORDER BY id LIMIT ?""");
    private static final Sql TOO_LARGE = new Sql(
            "SELECT stream, sum(bytes) FROM segments WHERE state = 'CLOSED' GROUP BY stream HAVING sum(bytes) > ?");
    private static final Sql OLDEST = new Sql("""
            SELECT id FROM segments WHERE state = 'CLOSED' AND (? = '' OR stream = ?)
            AND (? = 0 OR EXISTS (SELECT 1 FROM uploads u WHERE u.segment = segments.id AND u.done_ms IS NOT NULL))
            ORDER BY is_protected, id LIMIT 1""");

    private final RetentionPolicy policy;
    private final Path archive;
    private final Catalog catalog;
    private final Segments segments;
    private final Removal removal;
    private final LocalCopies copies;
    private final InstantSource clock;
    private final Supplier<String> trouble;
    private final AtomicLong removed = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("retention").daemon().unstarted(this::keepSweeping);

    /// - `trouble`: why the archive is not there now; empty if it is
    public RetentionSweeper(
            RetentionPolicy policy,
            Path archive,
            Catalog catalog,
            Removal removal,
            LocalCopies copies,
            InstantSource clock,
            Supplier<String> trouble) {
        this.policy = policy;
        this.archive = archive;
        this.catalog = catalog;
        this.segments = new Segments(catalog);
        this.removal = removal;
        this.copies = copies;
        this.clock = clock;
        this.trouble = trouble;
    }

    public void start() {
        thread.start();
    }

    /// Segments removed since the start.
    public long removed() {
        return removed.get();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Removes what the policy does not keep.
    void sweep() throws IOException {
        sweepByAge();
        sweepBySize();
        sweepForRoom(() -> FreeSpace.bytes(archive));
    }

    /// Says how much room the disk has, in bytes.
    @FunctionalInterface
    interface Room {
        long bytes() throws IOException;
    }

    void sweepForRoom(Room room) throws IOException {
        for (int i = 0; i < AT_ONCE && policy.freeBytes() > 0 && room.bytes() < policy.freeBytes(); i++) {
            if (!removeOldest("", "disk full")) {
                return;
            }
        }
    }

    /// Files of messages that belong to no segment go by age alone.
    void sweepUnrecorded() throws IOException {
        if (policy.keepAll().isZero()) {
            return;
        }
        Instant before = clock.instant().minus(longest());
        try (Stream<Path> files = Files.find(archive, 4, (file, _) -> isUnrecorded(file))) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void sweepByAge() throws IOException {
        if (policy.keepAll().isZero()) {
            return;
        }
        String anyBefore = idOf(clock.instant().minus(policy.keepAll()));
        String seenBefore =
                policy.keepSeen().isZero() ? "" : idOf(clock.instant().minus(longest()));
        List<String> old = catalog.ask(connection ->
                OLD.list(connection, row -> row.getString(1), anyBefore, seenBefore, uploadedOnly(), AT_ONCE));
        for (String id : old) {
            remove(id, "old");
        }
    }

    private void sweepBySize() throws IOException {
        if (policy.bytesPerStream() == 0) {
            return;
        }
        record Excess(String stream, long bytes) {}
        List<Excess> tooLarge = catalog.ask(connection -> TOO_LARGE.list(
                connection,
                row -> new Excess(row.getString(1), row.getLong(2) - policy.bytesPerStream()),
                policy.bytesPerStream()));
        for (Excess excess : tooLarge) {
            long left = excess.bytes();
            while (left > 0) {
                long freed = removeOldestBytes(excess.stream(), "too much of the stream");
                if (freed == 0) {
                    break;
                }
                left -= freed;
            }
        }
    }

    private boolean removeOldest(String stream, String cause) throws IOException {
        return removeOldestBytes(stream, cause) > 0;
    }

    private long removeOldestBytes(String stream, String cause) throws IOException {
        List<String> oldest = catalog.ask(
                connection -> OLDEST.list(connection, row -> row.getString(1), stream, stream, uploadedOnly()));
        if (oldest.isEmpty()) {
            return 0;
        }
        return policy.uploadedOnly() ? drop(oldest.getFirst()) : remove(oldest.getFirst(), cause);
    }

    /// Returns how many bytes that made free; 0 if it was gone.
    private long remove(String id, String cause) throws IOException {
        var segment = segments.find(id);
        if (segment.isEmpty()) {
            return 0;
        }
        removal.remove(segment.get());
        removed.incrementAndGet();
        LOG.info(
                "segment removed stream={} path={} cause={}",
                segment.get().stream(),
                segment.get().path(),
                cause);
        return Math.max(1, segment.get().bytes());
    }

    /// Returns how many bytes that made free; 0 if it was gone.
    private long drop(String id) throws IOException {
        var segment = segments.find(id);
        if (segment.isEmpty()) {
            return 0;
        }
        copies.drop(segment.get());
        return Math.max(1, segment.get().bytes());
    }

    private int uploadedOnly() {
        return policy.uploadedOnly() ? 1 : 0;
    }

    private Duration longest() {
        return policy.keepAll().compareTo(policy.keepSeen()) > 0 ? policy.keepAll() : policy.keepSeen();
    }

    private static String idOf(Instant moment) {
        int bitsOfChance = 16;
        return new Ulid(Math.max(0, moment.toEpochMilli()) << bitsOfChance, 0).toString();
    }

    private static boolean isUnrecorded(Path file) {
        return file.getFileName().toString().matches("said-\\d+\\.jsonl\\.gz");
    }

    private void keepSweeping() {
        int failures = 0;
        try {
            for (long sweep = 1; ; sweep++) {
                Thread.sleep(EVERY);
                if (!trouble.get().isEmpty()) {
                    continue;
                }
                try {
                    sweep();
                    if (sweep % SWEEPS_PER_UNRECORDED == 0) {
                        sweepUnrecorded();
                    }
                    failures = 0;
                } catch (IOException e) {
                    if (failures++ % FAILURES_PER_LOG_LINE == 0) {
                        LOG.warn("retention waits attempts={} cause={}", failures, e.getMessage());
                    }
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("retention ends");
        }
    }
}
