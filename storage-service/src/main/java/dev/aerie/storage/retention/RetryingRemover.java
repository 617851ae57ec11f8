package dev.aerie.storage.retention;

import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.upload.LocalCopies;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes segments one by one. A segment that cannot be removed is counted and skipped for some time, so that it
/// does not block the others. Used by one thread; any thread may read the counts.
final class RetryingRemover {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingRemover.class);

    private final Segments segments;
    private final SegmentRemover segmentRemover;
    private final LocalCopies copies;
    private final RetryDelays delays = new RetryDelays();
    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    RetryingRemover(Segments segments, SegmentRemover segmentRemover, LocalCopies copies) {
        this.segments = segments;
        this.segmentRemover = segmentRemover;
        this.copies = copies;
    }

    private interface Deed {
        void to(Segment segment) throws IOException;
    }

    /// Removes a segment from the archive. Returns the number of freed bytes; 0 if it did not exist or stays.
    long remove(String id, String cause) throws CatalogUnavailableException {
        return attempt(id, segment -> {
            segmentRemover.remove(segment);
            removed.incrementAndGet();
            LOG.info("segment removed stream={} path={} cause={}", segment.stream(), segment.path(), cause);
        });
    }

    /// Deletes the local file of a segment that is in the bucket. Returns the number of freed bytes, likewise.
    long drop(String id) throws CatalogUnavailableException {
        return attempt(id, copies::drop);
    }

    long removed() {
        return removed.get();
    }

    /// Failed attempts to remove a segment.
    long failures() {
        return failures.get();
    }

    /// Segments that could not be removed and still exist.
    int stuck() {
        return delays.count();
    }

    private long attempt(String id, Deed deed) throws CatalogUnavailableException {
        if (delays.isLeftAlone(id)) {
            return 0;
        }
        var segment = segments.find(id);
        if (segment.isEmpty()) {
            delays.over(id);
            return 0;
        }
        try {
            deed.to(segment.get());
            delays.over(id);
            return Math.max(1, segment.get().bytes());
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            var wait = delays.failed(id);
            LOG.warn(
                    "segment not removed stream={} path={} retryMillis={} cause={}",
                    segment.get().stream(),
                    segment.get().path(),
                    wait.toMillis(),
                    e.toString());
            return 0;
        }
    }
}
