package dev.aerie.storage.upload;

import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads closed segments into the bucket, oldest first, on a dedicated thread until [#close]; removes local copies
/// whose time is over. Does nothing if no bucket is configured.
public final class Uploader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int MAX_WAITS = 12;
    private static final int FAILURES_PER_LOG_LINE = 10;
    private static final int PART_BYTES = 8 << 20;

    /// Consecutive segments that the store refuses before the store, not the segments, counts as the cause.
    private static final int REFUSALS_THAT_TELL = 3;

    private final Path archive;
    private final Segments segments;
    private final Uploads uploads;
    private final LocalCopies copies;
    private final Optional<MultipartUpload> multipartUpload;
    private final Duration keepLocal;
    private final InstantSource clock;
    private final Supplier<String> failureCause;
    private final Set<String> damaged = new HashSet<>();
    private final RetryDelays delays = new RetryDelays();
    private final AtomicInteger damagedCount = new AtomicInteger();
    private final AtomicLong uploaded = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private @Nullable BackgroundThread thread;
    private int failed;
    private int roundsToWait;

    /// - `keepLocal`: how long a local copy stays after the upload
    /// - `failureCause`: why the archive is unavailable; empty if it is available
    public Uploader(
            Path archive,
            Segments segments,
            Uploads uploads,
            LocalCopies copies,
            Optional<Bucket> bucket,
            Duration keepLocal,
            InstantSource clock,
            Supplier<String> failureCause) {
        this.archive = archive;
        this.segments = segments;
        this.uploads = uploads;
        this.copies = copies;
        this.multipartUpload = bucket.map(store -> new MultipartUpload(store, PART_BYTES));
        this.keepLocal = keepLocal;
        this.clock = clock;
        this.failureCause = failureCause;
    }

    public void start() {
        if (multipartUpload.isPresent()) {
            start(EVERY);
        }
    }

    void start(Duration every) {
        thread = BackgroundThread.every("upload", every, this::roundNow);
        thread.start();
    }

    /// Segments uploaded since the start.
    public long uploaded() {
        return uploaded.get();
    }

    /// Failed attempts since the start.
    public long failures() {
        return failures.get();
    }

    /// Closed segments that are not in the bucket; 0 if no bucket is configured.
    public long waiting() {
        try {
            return multipartUpload.isEmpty() ? 0 : uploads.waitingCount();
        } catch (CatalogUnavailableException _) {
            return 0; // readiness says that the index is away
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }

    /// Segments that could not be uploaded and are skipped for some time, or for good if they are damaged.
    public int setAside() {
        return delays.count() + damagedCount.get();
    }

    /// Uploads the waiting segments and removes local copies whose time is over. A segment that cannot be uploaded is
    /// skipped for some time. Throws [IOException] if the store is away, or refused everything.
    void round() throws IOException {
        int brought = 0;
        int refused = 0;
        IOException last = null;
        for (var waiting : uploads.waiting()) {
            var segment = segments.find(waiting.segment());
            if (segment.isEmpty() || damaged.contains(waiting.segment()) || delays.isLeftAlone(waiting.segment())) {
                continue;
            }
            try {
                brought += upload(segment.get(), waiting.uploadId()) ? 1 : 0;
            } catch (StoreException e) {
                refused++;
                last = e;
                setAside(segment.get(), e);
                if (brought == 0 && refused == REFUSALS_THAT_TELL) {
                    break; // it is the store
                }
            }
        }
        for (String id : uploads.doneBefore(clock.instant().minus(keepLocal))) {
            dropIfThere(id);
        }
        if (last != null && brought == 0) {
            throw last;
        }
    }

    private void dropIfThere(String id) throws CatalogUnavailableException {
        var segment = segments.find(id);
        if (segment.isEmpty() || delays.isLeftAlone(id)) {
            return;
        }
        try {
            copies.drop(segment.get());
            delays.over(id);
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            delays.failed(id);
            LOG.warn("local copy not removed path={} cause={}", segment.get().path(), e.toString());
        }
    }

    /// Returns whether the segment was uploaded. Throws [StoreException] if the store refuses it, and [IOException]
    /// if store or index are away. All other failures concern this segment only.
    private boolean upload(Segment segment, String uploadId) throws IOException {
        try {
            multipartUpload
                    .orElseThrow()
                    .upload(
                            archive.resolve(segment.path()),
                            segment.path(),
                            segment.sha256(),
                            uploadId,
                            id -> uploads.begun(segment.id(), id));
            uploads.done(segment.id(), clock.instant());
            delays.over(segment.id());
            uploaded.incrementAndGet();
            LOG.info("segment uploaded stream={} path={}", segment.stream(), segment.path());
            return true;
        } catch (DamagedFileException e) {
            damaged.add(segment.id());
            damagedCount.incrementAndGet();
            failures.incrementAndGet();
            LOG.error("segment not uploaded path={} cause={}", segment.path(), e.getMessage());
            uploads.failed(segment, clock.instant(), String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            failures.incrementAndGet();
            LOG.warn("segment is missing path={}", segment.path());
            uploads.setState(segment.id(), Segment.State.MISSING);
        } catch (CatalogUnavailableException | InterruptedIOException | StoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            setAside(segment, e);
        }
        return false;
    }

    private void setAside(Segment segment, Exception cause) throws IOException {
        if (cause instanceof StoreException store && !store.isAnswer()) {
            throw store;
        }
        failures.incrementAndGet();
        boolean isNews = !delays.isKnown(segment.id());
        var wait = delays.failed(segment.id());
        LOG.warn(
                "segment not uploaded path={} retryMillis={} cause={}",
                segment.path(),
                wait.toMillis(),
                cause.toString());
        if (isNews) {
            uploads.failed(segment, clock.instant(), cause.toString());
        }
    }

    /// Waits longer after failures.
    private void roundNow() {
        if (roundsToWait > 0 || !failureCause.get().isEmpty()) {
            roundsToWait = Math.max(0, roundsToWait - 1);
            return;
        }
        try {
            long before = uploaded.get();
            round();
            if (failed > 0 && uploaded.get() > before) {
                delays.clear(); // it was the store
            }
            failed = 0;
        } catch (IOException e) {
            failures.incrementAndGet();
            if (failed++ % FAILURES_PER_LOG_LINE == 0) {
                LOG.warn("upload waits attempts={} cause={}", failed, e.getMessage());
            }
            roundsToWait = Math.min(MAX_WAITS, failed);
        }
    }
}
