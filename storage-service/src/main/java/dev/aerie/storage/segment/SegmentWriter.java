package dev.aerie.storage.segment;

import static dev.aerie.video.StreamTime.nanosFromTicks90k;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Writes one segment's `.part` file. Owns the file, with a lock on it, until [#close].
///
/// ```
/// growing    ftyp · free (16) · moov, no samples · moof mdat · moof mdat …         any player reads whole fragments
/// finished   ftyp · mdat (16 + all of that) ········································ · moov, every sample
/// ```
///
/// [#finish] writes the second `moov` at the end and then turns `free` into the header of an `mdat` around everything
/// in between: the result is an ordinary MP4, and no sample has moved. A killed process leaves complete fragments. A
/// failed write leaves the file as it was before and can be retried. Used by one thread, except [#frames], which any
/// thread may call.
final class SegmentWriter implements AutoCloseable {

    private final Path part;
    private final VideoTrack track;
    private final FileChannel channel;
    private final LongSupplier nanos;
    private final FileOutput out;
    private final @Nullable Object fileKey;
    private final SegmentTimeline timeline = new SegmentTimeline();
    private int fragments;
    private volatile long goodBytes;
    private volatile long durableBytes;
    private long durableNanos;

    @GuardedBy("this")
    private final ArrayList<FrameEntry> frames = new ArrayList<>();

    private long lastDurationTicks;

    private SegmentWriter(Path part, VideoTrack track, FileChannel channel, LongSupplier nanos) throws IOException {
        this.part = part;
        this.track = track;
        this.channel = channel;
        this.nanos = nanos;
        this.out = new FileOutput(channel);
        this.fileKey = key(part);
    }

    /// Creates the file and writes its head; if that fails, throws [IOException] and leaves no file behind.
    @MustBeClosed
    static SegmentWriter create(Path part, VideoTrack track) throws IOException {
        return create(part, track, System::nanoTime);
    }

    /// - `nanos`: a monotonic clock
    @MustBeClosed
    static SegmentWriter create(Path part, VideoTrack track, LongSupplier nanos) throws IOException {
        var channel = FileChannel.open(part, CREATE_NEW, READ, WRITE);
        try {
            var lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another process is writing " + part.getFileName());
            }
            var writer = new SegmentWriter(part, track, channel, nanos);
            writer.out.begin(0);
            writer.out.write(SegmentLayout.head(track));
            writer.goodBytes = writer.out.flush();
            writer.durableNanos = nanos.getAsLong();
            return writer;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /// Builds a fragment of the next frames for [#write]; each fragment is built once, in order.
    Fragment prepare(List<SegmentCutter.Frame> images) {
        var units = images.stream().map(SegmentCutter.Frame::unit).toList();
        return Fragment.of(images, timeline.append(units), track, ++fragments);
    }

    /// Writes a fragment; a failed call may be repeated. Throws [NoSuchFileException] if the file is no longer at its
    /// path: it will not return there.
    void write(Fragment fragment) throws IOException {
        requireInPlace();
        long offset = goodBytes;
        out.begin(offset);
        fragment.writeTo(out);
        goodBytes = out.flush();
        synchronized (this) {
            fragment.samples().forEach(sample -> frames.add(entry(sample, offset)));
        }
        lastDurationTicks = fragment.samples().getLast().time().durationTicks();
    }

    /// Flushes written data to the disk, unless that was done within `every`, which is thus the maximum loss at a
    /// power failure.
    void persist(Duration every) throws IOException {
        long now = nanos.getAsLong();
        if (now - durableNanos < every.toNanos()) {
            return;
        }
        long bytes = goodBytes;
        channel.force(false);
        if (durableBytes == 0) {
            Durable.names(part);
        }
        durableBytes = bytes;
        durableNanos = now;
    }

    /// Bytes that survive a power failure.
    long durableBytes() {
        return durableBytes;
    }

    /// Turns the file into an ordinary MP4 and flushes it; a failed call may be repeated.
    void finish() throws IOException {
        requireInPlace();
        out.begin(goodBytes);
        out.write(SegmentLayout.complete(track, frames().frames(), lastDurationTicks));
        out.flush();
        channel.force(true);
        SegmentLayout.seal(channel, goodBytes);
        channel.force(true);
    }

    /// The frames that are on the disk now.
    FrameIndex frames() {
        synchronized (this) {
            return new FrameIndex(frames);
        }
    }

    /// Duration of the last frame.
    long lastDurationNanos() {
        return nanosFromTicks90k(lastDurationTicks);
    }

    /// Bytes of the head and of complete fragments.
    long bytes() {
        return goodBytes;
    }

    VideoTrack track() {
        return track;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void requireInPlace() throws IOException {
        if (!Objects.equals(key(part), fileKey)) {
            throw new NoSuchFileException(part.toString());
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static FrameEntry entry(Fragment.Sample sample, long fragmentOffset) {
        var stamp = sample.frame().stamp();
        return new FrameEntry(
                stamp.id().frameNumber(),
                stamp.captureTimeNanos(),
                stamp.clock(),
                sample.time().decodeTicks(),
                sample.time().compositionTicks(),
                fragmentOffset + sample.offset(),
                sample.sizeBytes(),
                sample.frame().unit().isIdr(),
                sample.frame().prelude());
    }
}
