package dev.aerie.storage.segment;

import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is received of one stream: takes access units from any thread and writes them on one of its own.
///
/// While the disk is away it waits, and units gather in a bounded queue; what goes wrong is tried again until it works,
/// so a full disk that gets room costs nothing as long as the queue holds. Owns its thread and the open segment until
/// [#close].
public final class Recorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration GATHER = Duration.ofMillis(400);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final String stream;
    private final String session;
    private final RecordingPlan plan;
    private final ArchiveRoot root;
    private final SegmentLedger ledger;
    private final SnapshotTaker snapshots;
    private final DiskPatience patience;
    private final SegmentSlot slot;
    private final UnitQueue queue;
    private final Thread thread;
    private volatile SegmentCutter.Counts counts = new SegmentCutter.Counts(0, 0, 0, 0);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private Recorder(String stream, String session, RecordingPlan plan, SegmentPlace place, SnapshotTaker snapshots) {
        this.stream = stream;
        this.session = session;
        this.plan = plan;
        this.root = place.root();
        this.ledger = place.ledger();
        this.snapshots = snapshots;
        this.patience = new DiskPatience(stream, place.faults());
        this.slot = new SegmentSlot(stream, place, patience);
        this.queue = new UnitQueue(plan.bufferBytes());
        this.thread = Thread.ofPlatform().name("recorder-" + stream).daemon().unstarted(this::run);
    }

    /// Begins; `session` is the one that is expected, and what the archive has of it is not written again.
    public static Recorder start(
            String stream, String session, RecordingPlan plan, SegmentPlace place, SnapshotTaker snapshots) {
        var recorder = new Recorder(stream, session, plan, place, snapshots);
        recorder.thread.start();
        return recorder;
    }

    /// Takes the next unit in decoding order; never waits.
    public void put(AccessUnit unit) {
        queue.put(unit);
    }

    public RecorderStatus status() {
        return new RecorderStatus(
                frames.get(), bytes.get(), queue.bytes(), queue.refused(), counts, patience.trouble(), slot.openPath());
    }

    /// Complete once a bug has ended it, with that; on the recorder's thread.
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /// Writes what waits, closes the segment, and ends; gives up after some seconds where the disk is away: what is on
    /// it is finished by a later look over the archive.
    @Override
    public void close() {
        patience.limit();
        queue.close();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOG.warn("recorder does not end stream={} waitedMillis={}", stream, CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (slot) {
            var cutter = new SegmentCutter(plan.segmentLength(), session, lastFrame());
            UnitQueue.Batch batch;
            do {
                batch = queue.take(GATHER);
                for (SegmentCutter.Step step : cutter.cut(batch.units())) {
                    take(step, cutter);
                }
                counts = cutter.counts();
            } while (!batch.last());
            slot.finish();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            LOG.error("recorder failed stream={}", stream, bug);
            failure.complete(bug);
        }
    }

    private void take(SegmentCutter.Step step, SegmentCutter cutter) throws InterruptedException {
        switch (step) {
            case SegmentCutter.Step.Begin begin -> slot.begin(begin);
            case SegmentCutter.Step.Append append -> append(append, cutter);
            case SegmentCutter.Step.Gap gap ->
                ledger.event(
                        stream,
                        gap.behind().id().session(),
                        "frames-missing",
                        "frames " + gap.firstFrame() + " to " + gap.lastFrame() + " were never received");
        }
    }

    private void append(SegmentCutter.Step.Append append, SegmentCutter cutter) throws InterruptedException {
        if (!slot.append(append.pictures())) {
            cutter.abandoned();
            return;
        }
        for (SegmentCutter.Picture picture : append.pictures()) {
            frames.addAndGet(picture.prelude() ? 0 : 1);
            bytes.addAndGet(picture.unit().sizeBytes());
            if (picture.unit().isIdr() && !picture.prelude()) {
                snapshots.offer(picture.unit(), picture.stamp());
            }
        }
    }

    /// What the archive has of the session already; waits for the disk.
    private long lastFrame() throws InterruptedException {
        var last = new long[] {-1};
        boolean _ =
                patience.untilDone("archive not read", () -> last[0] = SessionTail.lastFrame(root, stream, session));
        return last[0];
    }
}
