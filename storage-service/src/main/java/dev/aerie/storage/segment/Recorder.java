package dev.aerie.storage.segment;

import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records one stream: accepts access units from any thread and writes them on a dedicated thread.
///
/// While the disk is away, units wait in a bounded queue, and failed operations are retried until they succeed; a
/// full disk that gets space again thus loses nothing as long as the queue has room. Owns its thread and the open
/// segment until [#close].
public final class Recorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration GATHER = Duration.ofMillis(400);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /// Consecutive failures after which the whole worker of the stream is restarted.
    private static final int MAX_FAILURES = 5;

    private final String stream;
    private final RecordingPlan plan;
    private final ArchiveRoot root;
    private final SegmentRegistrar registrar;
    private final SnapshotTaker snapshots;
    private final DiskRetry retry;
    private final OpenSegment segment;
    private final UnitQueue queue;
    private final BackgroundThread thread;
    private volatile String session;
    private volatile String fault = "";
    private volatile SegmentCutter.Counts counts = new SegmentCutter.Counts(0, 0, 0, 0);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private int failures;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private Recorder(
            String stream, String session, RecordingPlan plan, RecordingContext context, SnapshotTaker snapshots) {
        this.stream = stream;
        this.session = session;
        this.plan = plan;
        this.root = context.root();
        this.registrar = context.registrar();
        this.snapshots = snapshots;
        this.retry = new DiskRetry(stream, context.faults());
        this.segment = new OpenSegment(stream, context, retry);
        this.queue = new UnitQueue(plan.bufferBytes(), context.queued());
        this.thread = BackgroundThread.of("recorder", stream, this::runUnlessFailing);
    }

    /// Starts recording. `session` is the expected session; frames of it that are in the archive already are not
    /// written again.
    public static Recorder start(
            String stream, String session, RecordingPlan plan, RecordingContext context, SnapshotTaker snapshots) {
        var recorder = new Recorder(stream, session, plan, context, snapshots);
        recorder.thread.start();
        return recorder;
    }

    /// Accepts the next unit in decoding order; never waits.
    public void put(AccessUnit unit) {
        queue.put(unit);
    }

    public RecorderStatus status() {
        String failureCause = retry.failureCause().isEmpty() ? fault : retry.failureCause();
        return new RecorderStatus(
                frames.get(), bytes.get(), queue.bytes(), queue.refused(), counts, failureCause, segment.openPath());
    }

    /// Bytes of the open segment that survive a power failure.
    long durableBytes() {
        return segment.durableBytes();
    }

    /// Completes, with the last exception, when the recorder has failed repeatedly; on the recorder's thread.
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    /// Writes the waiting units, closes the segment and ends. Gives up after some seconds if the disk is away; the
    /// next reconciliation then finishes the segment.
    @Override
    public void close() {
        retry.limit();
        queue.close();
        try {
            if (!thread.finish(CLOSE_LIMIT)) {
                LOG.warn("recorder does not end stream={} waitedMillis={}", stream, CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            queue.discard();
        }
    }

    /// After a failure the open segment is abandoned, and the next one begins with the waiting units.
    private void runUnlessFailing() throws InterruptedException {
        try {
            run();
        } catch (RuntimeException | Error bug) {
            fault = "recorder failed: " + bug;
            if (++failures >= MAX_FAILURES) {
                failure.complete(bug);
            }
            throw bug;
        }
    }

    private void run() throws InterruptedException {
        try (segment) {
            var cutter = new SegmentCutter(plan.segmentLength(), session, lastFrame(), registrar::nowNanos);
            UnitQueue.Batch batch;
            do {
                batch = queue.take(GATHER);
                for (SegmentCutter.Step step : cutter.cut(batch.units())) {
                    take(step, cutter);
                }
                if (!segment.persist(plan.durableEvery())) {
                    cutter.abandoned();
                }
                counts = cutter.counts();
                if (!batch.units().isEmpty()) {
                    fault = "";
                    failures = 0;
                }
            } while (!batch.last());
            segment.finish();
        }
    }

    private void take(SegmentCutter.Step step, SegmentCutter cutter) throws InterruptedException {
        switch (step) {
            case SegmentCutter.Step.Begin begin -> {
                session = begin.session();
                segment.begin(begin);
            }
            case SegmentCutter.Step.Append append -> append(append, cutter);
            case SegmentCutter.Step.Gap gap ->
                registrar.event(
                        stream,
                        gap.behind().id().session(),
                        "frames-missing",
                        "frames " + gap.firstFrame() + " to " + gap.lastFrame() + " were never received");
        }
    }

    private void append(SegmentCutter.Step.Append append, SegmentCutter cutter) throws InterruptedException {
        if (!segment.append(append.frames())) {
            cutter.abandoned();
            return;
        }
        for (SegmentCutter.Frame frame : append.frames()) {
            frames.addAndGet(frame.prelude() ? 0 : 1);
            bytes.addAndGet(frame.unit().sizeBytes());
            if (frame.unit().isIdr() && !frame.prelude()) {
                snapshots.offer(frame.unit(), frame.stamp());
            }
        }
    }

    /// Reads which frames of the session the archive already has; waits for the disk.
    private long lastFrame() throws InterruptedException {
        var last = new long[] {-1};
        boolean _ = retry.untilDone("archive not read", () -> last[0] = SessionTail.lastFrame(root, stream, session));
        return last[0];
    }
}
