package dev.aerie.storage.segment;

import dev.aerie.digest.Sha256;
import dev.aerie.files.PrivateFolder;
import dev.aerie.messages.FrameId;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Manages the single open segment of a stream: begins it, adds frames, and closes it into the archive. Owns its
/// file. Used by one thread, except [#openPath], which any thread may call.
final class OpenSegment implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSegment.class);

    private final String stream;
    private final RecordingContext context;
    private final DiskRetry retry;
    private volatile @Nullable Open open;

    OpenSegment(String stream, RecordingContext context, DiskRetry retry) {
        this.stream = stream;
        this.context = context;
        this.retry = retry;
    }

    /// The segment that is open.
    private record Open(String id, SegmentName name, SegmentWriter writer) implements OpenSegments.OpenSegment {

        @Override
        public Segment segment() {
            var frames = frames();
            return SegmentFacts.of(id, name, name.partPath(), writer.track(), frames, writer.bytes())
                    .open(writer.lastDurationNanos());
        }

        @Override
        public FrameIndex frames() {
            return writer.frames();
        }
    }

    /// Closes the open segment, if any, and begins the next one as soon as the disk allows it.
    void begin(SegmentCutter.Step.Begin begin) throws InterruptedException {
        finish();
        var name = new SegmentName(stream, begin.session(), begin.firstFrame());
        Path part = context.root().resolve(name.partPath());
        boolean begun = retry.untilDone("segment not begun", () -> {
            context.root().require();
            var _ = PrivateFolder.create(context.root().resolve(name.folder()));
            open = new Open(context.ids().get().toString(), name, create(part, begin.track()));
        });
        if (begun) {
            LOG.info("segment begun stream={} path={} cause={}", stream, name.path(), begin.reason());
        }
    }

    /// Writes the frames; returns false if that is no longer possible: then the segment is abandoned with the frames
    /// that it already contains.
    boolean append(List<SegmentCutter.Frame> frames) throws InterruptedException {
        var now = open;
        if (now == null) {
            return false;
        }
        var fragment = now.writer().prepare(frames);
        if (!retry.whileFileLasts("segment not written", () -> now.writer().write(fragment))) {
            giveUp(now);
            return false;
        }
        enter(now);
        return true;
    }

    /// Flushes written data to the disk periodically; returns false if the segment had to be abandoned because of
    /// that.
    boolean persist(Duration every) throws InterruptedException {
        var now = open;
        if (now != null
                && !retry.whileFileLasts(
                        "segment not persisted", () -> now.writer().persist(every))) {
            giveUp(now);
            return false;
        }
        return true;
    }

    /// Bytes of the open segment that survive a power failure.
    long durableBytes() {
        var now = open;
        return now == null ? 0 : now.writer().durableBytes();
    }

    /// Path of the open segment, empty for none.
    String openPath() {
        var now = open;
        return now == null ? "" : now.name().partPath();
    }

    /// Abandons the file; the next reconciliation finishes it with the frames that it contains.
    @Override
    public void close() {
        var now = open;
        if (now != null) {
            giveUp(now);
        }
    }

    /// Registers the segment when its first frames are written: from then on it can be read.
    private void enter(Open now) {
        if (context.open().find(now.id()).isEmpty() && !now.frames().own().isEmpty()) {
            context.open().add(now.id(), now);
            FrameEntry first = now.frames().own().getFirst();
            var id = new FrameId(stream, now.name().session(), first.frameNumber());
            context.registrar().startSession(id, first.captureTimeNanos(), first.clock());
        }
    }

    /// Closes the open segment, if any, into the archive.
    void finish() throws InterruptedException {
        var now = open;
        if (now == null) {
            return;
        }
        open = null;
        if (now.frames().own().isEmpty()) {
            discard(now);
        } else if (retry.whileFileLasts("segment not finished", now.writer()::finish)) {
            settle(now);
        } else {
            giveUp(now);
        }
    }

    /// Renames the complete file and enters it in the index.
    private void settle(Open now) throws InterruptedException {
        Path part = context.root().resolve(now.name().partPath());
        Path file = context.root().resolve(now.name().path());
        var settled = new AtomicReference<@Nullable Segment>();
        boolean _ = retry.whileFileLasts("segment not renamed", () -> {
            var segment = facts(now, Files.size(part))
                    .closed(now.writer().lastDurationNanos(), Sha256.of(part).hex());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            settled.set(segment);
            Durable.names(file);
        });
        var segment = settled.get();
        if (segment == null) {
            giveUp(now);
            return;
        }
        release(now);
        LOG.info("segment closed stream={} path={} frames={}", stream, segment.path(), segment.frames());
        var _ = context.registrar()
                .enter(segment, now.frames())
                .whenComplete((_, _) -> context.open().remove(now.id()));
    }

    private static SegmentFacts facts(Open now, long bytes) {
        return SegmentFacts.of(
                now.id(), now.name(), now.name().path(), now.writer().track(), now.frames(), bytes);
    }

    private void giveUp(Open now) {
        open = null;
        context.open().remove(now.id());
        release(now);
        context.registrar().markIncomplete();
        context.registrar()
                .event(
                        stream,
                        now.name().session(),
                        "segment-abandoned",
                        now.name().path());
    }

    private void discard(Open now) {
        release(now);
        try {
            Files.deleteIfExists(context.root().resolve(now.name().partPath()));
        } catch (IOException e) {
            LOG.debug("empty segment not deleted cause={}", e.getMessage());
        }
    }

    private static void release(Open now) {
        try {
            now.writer().close();
        } catch (IOException e) {
            LOG.debug("segment file not closed cause={}", e.getMessage());
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // goes to the slot, which closes it
    private static SegmentWriter create(Path part, VideoTrack track) throws IOException {
        return SegmentWriter.create(part, track);
    }
}
