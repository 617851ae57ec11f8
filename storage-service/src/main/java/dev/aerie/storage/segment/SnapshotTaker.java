package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a snapshot of each stream now and then, on one thread for all: decodes an IDR picture when one is due, and
/// nothing else. Where it is too slow, a stream's newer picture takes the place of the one that waits; recording never
/// waits for it. Owns its thread until [#close].
public final class SnapshotTaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
    private static final String FAULT = "snapshot failed";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ArchiveRoot root;
    private final SegmentLedger ledger;
    private final FaultLog faults;
    private final long intervalNanos;
    private final Thread thread = Thread.ofPlatform().name("snapshots").daemon().unstarted(this::run);

    @GuardedBy("this")
    private final Map<String, Due> waiting = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<String, Long> lastNanos = new HashMap<>();

    @GuardedBy("this")
    private boolean closed;

    private record Due(AccessUnit unit, FrameStamp stamp) {}

    /// - `interval`: of capture time between two of one stream; zero for none at all
    public SnapshotTaker(ArchiveRoot root, SegmentLedger ledger, FaultLog faults, Duration interval) {
        this.root = root;
        this.ledger = ledger;
        this.faults = faults;
        this.intervalNanos = interval.toNanos();
    }

    public void start() {
        thread.start();
    }

    /// Has a snapshot taken of an IDR picture if one is due; never waits.
    synchronized void offer(AccessUnit idr, FrameStamp stamp) {
        String stream = stamp.id().stream();
        Long last = lastNanos.get(stream);
        long now = stamp.captureTimeNanos();
        boolean due = last == null || now - last >= intervalNanos || now < last;
        if (intervalNanos == 0 || !due || closed) {
            return;
        }
        lastNanos.put(stream, now);
        waiting.put(stream, new Due(idr, stamp));
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (thread.isAlive() && !thread.join(CLOSE_LIMIT)) {
                LOG.warn("snapshots do not end waitedMillis={}", CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (var due = next(); due != null; due = next()) {
                take(due);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Due next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        Iterator<Due> all = waiting.values().iterator();
        if (closed || !all.hasNext()) {
            return null;
        }
        var due = all.next();
        all.remove();
        return due;
    }

    private void take(Due due) {
        var id = due.stamp().id();
        try {
            byte[] jpeg = JpegStill.of(due.unit());
            String path = SegmentName.snapshotPath(id);
            write(path, jpeg);
            ledger.enter(
                    new Snapshot(id, due.stamp().captureTimeNanos(), path, jpeg.length),
                    due.stamp().clock());
            faults.over(FAULT, id.stream());
        } catch (IOException e) {
            faults.fault(FAULT, id.stream(), String.valueOf(e.getMessage()));
        }
    }

    private void write(String path, byte[] jpeg) throws IOException {
        root.require();
        Path file = root.resolve(path);
        Path part = root.resolve(path + SegmentName.PART);
        Files.createDirectories(file.getParent());
        try {
            Files.write(part, jpeg);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
