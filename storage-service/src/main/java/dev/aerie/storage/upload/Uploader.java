package dev.aerie.storage.upload;

import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings closed segments into the bucket, the oldest first, on a thread of its own until [#close]; removes local
/// copies that have been there long enough. Does nothing where there is no bucket.
public final class Uploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int MOST_WAITS = 12;
    private static final int FAILURES_PER_LOG_LINE = 10;
    private static final int PART_BYTES = 8 << 20;

    private final Path archive;
    private final Segments segments;
    private final Uploads uploads;
    private final LocalCopies copies;
    private final Optional<Delivery> delivery;
    private final Duration keepLocal;
    private final InstantSource clock;
    private final Supplier<String> trouble;
    private final Set<String> damaged = new HashSet<>();
    private final AtomicLong uploaded = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("upload").daemon().unstarted(this::keepUploading);

    /// - `keepLocal`: how long a local copy stays after the segment has arrived
    /// - `trouble`: why the archive is not there now; empty if it is
    public Uploader(
            Path archive,
            Segments segments,
            Uploads uploads,
            LocalCopies copies,
            Optional<Bucket> bucket,
            Duration keepLocal,
            InstantSource clock,
            Supplier<String> trouble) {
        this.archive = archive;
        this.segments = segments;
        this.uploads = uploads;
        this.copies = copies;
        this.delivery = bucket.map(store -> new Delivery(store, PART_BYTES));
        this.keepLocal = keepLocal;
        this.clock = clock;
        this.trouble = trouble;
    }

    public void start() {
        if (delivery.isPresent()) {
            thread.start();
        }
    }

    /// Segments that have arrived since the start.
    public long uploaded() {
        return uploaded.get();
    }

    /// Tries that failed since the start.
    public long failures() {
        return failures.get();
    }

    /// Closed segments that are not in the bucket; 0 where there is none.
    public long waiting() {
        try {
            return delivery.isEmpty() ? 0 : uploads.waitingCount();
        } catch (CatalogUnavailableException _) {
            return 0; // readiness says that the index is away
        }
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

    /// Uploads what waits and removes the copies whose time has come. Throws [IOException] where the store is away.
    void round() throws IOException {
        for (var waiting : uploads.waiting()) {
            var segment = segments.find(waiting.segment());
            if (segment.isPresent() && !damaged.contains(waiting.segment())) {
                bring(segment.get(), waiting.uploadId());
            }
        }
        for (String id : uploads.doneBefore(clock.instant().minus(keepLocal))) {
            var segment = segments.find(id);
            if (segment.isPresent()) {
                copies.drop(segment.get());
            }
        }
    }

    private void bring(Segment segment, String uploadId) throws IOException {
        try {
            delivery.orElseThrow()
                    .bring(
                            archive.resolve(segment.path()),
                            segment.path(),
                            segment.sha256(),
                            uploadId,
                            id -> uploads.begun(segment.id(), id));
            uploads.done(segment.id(), clock.instant());
            uploaded.incrementAndGet();
            LOG.info("segment uploaded stream={} path={}", segment.stream(), segment.path());
        } catch (DamagedFileException e) {
            damaged.add(segment.id());
            failures.incrementAndGet();
            LOG.error("segment not uploaded path={} cause={}", segment.path(), e.getMessage());
        }
    }

    private void keepUploading() {
        int failed = 0;
        try {
            while (true) {
                Thread.sleep(EVERY.multipliedBy(Math.min(MOST_WAITS, failed + 1)));
                if (!trouble.get().isEmpty()) {
                    continue;
                }
                try {
                    round();
                    failed = 0;
                } catch (IOException e) {
                    failures.incrementAndGet();
                    if (failed++ % FAILURES_PER_LOG_LINE == 0) {
                        LOG.warn("upload waits attempts={} cause={}", failed, e.getMessage());
                    }
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("upload ends");
        }
    }
}
