package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.files.PrivateFolder;
import dev.aerie.files.WholeFile;
import dev.aerie.service.retention.RetryDelays;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.threads.BackgroundTasks;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes snapshots of all streams periodically, on one thread: decodes only an IDR frame when a snapshot is due. If
/// it is too slow, a stream's newer frame replaces the waiting one; recording never waits for it. Owns its thread
/// until [#close].
public final class SnapshotTaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
    private static final String FAULT = "snapshot failed";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ArchiveRoot root;
    private final SegmentRegistrar registrar;
    private final RateLimitedLog faults;
    private final long intervalNanos;
    private final RetryDelays delays = new RetryDelays();
    private final Still still;
    private final BackgroundTasks tasks = new BackgroundTasks("snapshots");

    @GuardedBy("this")
    private final Map<String, Due> waiting = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<String, Long> lastNanos = new HashMap<>();

    @GuardedBy("this")
    private boolean closed;

    private record Due(AccessUnit unit, FrameStamp stamp) {}

    /// Makes a JPEG of an IDR frame.
    interface Still {
        byte[] of(AccessUnit idr) throws IOException;
    }

    /// - `interval`: of capture time between two snapshots of one stream; zero for no snapshots
    public SnapshotTaker(ArchiveRoot root, SegmentRegistrar registrar, RateLimitedLog faults, Duration interval) {
        this(root, registrar, faults, interval, JpegStill::of);
    }

    SnapshotTaker(ArchiveRoot root, SegmentRegistrar registrar, RateLimitedLog faults, Duration interval, Still still) {
        this.root = root;
        this.registrar = registrar;
        this.faults = faults;
        this.intervalNanos = interval.toNanos();
        this.still = still;
    }

    /// Requests a snapshot of an IDR frame if one is due; never waits.
    synchronized void offer(AccessUnit idr, FrameStamp stamp) {
        String stream = stamp.id().stream();
        Long last = lastNanos.get(stream);
        long now = stamp.captureTimeNanos();
        boolean due = last == null || now - last >= intervalNanos || now < last;
        if (intervalNanos == 0 || !due || closed || delays.isLeftAlone(stream)) {
            return;
        }
        lastNanos.put(stream, now);
        if (waiting.put(stream, new Due(idr, stamp)) == null) {
            tasks.execute(this::takeNext);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        if (!tasks.close(CLOSE_LIMIT)) {
            LOG.warn("snapshots do not end waitedMillis={}", CLOSE_LIMIT.toMillis());
        }
    }

    private void takeNext() {
        var due = next();
        if (due != null) {
            take(due);
        }
    }

    private synchronized @Nullable Due next() {
        Iterator<Due> all = waiting.values().iterator();
        if (closed || !all.hasNext()) {
            return null;
        }
        var due = all.next();
        all.remove();
        return due;
    }

    /// A stream whose frame makes the decoder fail is skipped for some time, so that other streams are not affected.
    private void take(Due due) {
        var id = due.stamp().id();
        try {
            byte[] jpeg = still.of(due.unit());
            String path = SegmentName.snapshotPath(id);
            write(path, jpeg);
            registrar.enter(
                    new Snapshot(id, due.stamp().captureTimeNanos(), path, jpeg.length),
                    due.stamp().clock());
            faults.over(FAULT, id.stream());
            delays.over(id.stream());
        } catch (IOException e) {
            faults.fault(FAULT, id.stream(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            delays.failed(id.stream());
            throw e;
        }
    }

    private void write(String path, byte[] jpeg) throws IOException {
        root.require();
        Path file = root.resolve(path);
        var _ = PrivateFolder.create(Objects.requireNonNull(file.getParent()));
        WholeFile.write(file, jpeg);
    }
}
