package dev.aerie.storage.segment;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.DecoderConfiguration;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the complete part of a segment file: every frame with its identity, from the video itself.
///
/// A fragment counts only if every sample in it consists of complete NAL units and carries a frame identity with a
/// higher number than the sample before. Everything from the first fragment that violates this is ignored.
final class SegmentScan {

    private static final int BOX_HEADER_BYTES = 8;
    private static final int MAX_HEAD_BYTES = 4 << 20;
    private static final int BYTES_PER_SAMPLE = 16;
    private static final int TFDT_BYTES = Integer.BYTES + Long.BYTES;
    private static final int TRUN_HEAD_BYTES = 3 * Integer.BYTES;
    private static final int STSD_FIELDS_BYTES = 8;
    private static final int SAMPLE_ENTRY_FIELDS_BYTES = 78;

    /// Twelve days: what the head of a file can say of its length, with room for the last sample.
    private static final long MAX_TICKS = (long) MovieBox.TIMESCALE * 60 * 60 * 24 * 12;

    private final FileChannel channel;
    private final SegmentName name;
    private final ArrayList<FrameEntry> frames = new ArrayList<>();
    private long position;
    private long lastDecodeTicks;
    private long lastDurationTicks;

    private SegmentScan(FileChannel channel, SegmentName name) {
        this.channel = channel;
        this.name = name;
    }

    /// The result of a scan.
    ///
    /// - `wholeBytes`: position of the end of the last complete fragment
    /// - `finished`: whether the file is an ordinary MP4 with nothing behind it
    record Found(VideoTrack track, FrameIndex frames, long wholeBytes, long lastDurationTicks, boolean finished) {}

    private record Header(String type, long size) {}

    /// - `channel`: lent; read from its start
    /// - empty if the head of the file cannot be read
    static Optional<Found> read(FileChannel channel, SegmentName name) throws IOException {
        return new SegmentScan(channel, name).read();
    }

    private Optional<Found> read() throws IOException {
        var seal = header(SegmentLayout.SEAL_OFFSET);
        position = SegmentLayout.SEAL_OFFSET + SegmentLayout.SEAL_BYTES;
        var track = box("moov").flatMap(SegmentScan::track);
        if (seal.isEmpty() || track.isEmpty()) {
            return Optional.empty();
        }
        var codec = track.get().videoCodec();
        while (true) {
            long whole = position;
            if (!readFragment(codec)) {
                return Optional.of(new Found(
                        track.get(), new FrameIndex(frames), whole, lastDurationTicks, isFinished(seal.get(), whole)));
            }
        }
    }

    /// Whether the final `mdat` reaches to the last complete fragment, and one complete `moov` follows it.
    private boolean isFinished(Header seal, long whole) throws IOException {
        var movie = header(whole);
        return seal.type().equals("mdat")
                && SegmentLayout.SEAL_OFFSET + seal.size() == whole
                && movie.isPresent()
                && movie.get().type().equals("moov")
                && whole + movie.get().size() == channel.size();
    }

    /// Reads one `moof` with its `mdat`; false if there is no complete pair.
    private boolean readFragment(VideoCodec codec) throws IOException {
        long begin = position;
        var moof = box("moof");
        var mdat = header(position);
        if (moof.isEmpty() || mdat.isEmpty() || !mdat.get().type().equals("mdat")) {
            return false;
        }
        long size = mdat.get().size();
        if (size < BOX_HEADER_BYTES || size > channel.size() - position) {
            return false;
        }
        long end = position + size;
        if (end - begin > Integer.MAX_VALUE) {
            return false;
        }
        var fragment = bytes(begin, (int) (end - begin));
        var samples = fragment.isEmpty() ? List.<FrameEntry>of() : samples(codec, moof.get(), fragment.get(), begin);
        if (samples.isEmpty()) {
            return false;
        }
        frames.addAll(samples);
        position = end;
        return true;
    }

    /// Empty if any of the samples is invalid.
    private List<FrameEntry> samples(VideoCodec codec, BoxReader moof, ByteBuffer fragment, long begin) {
        var traf = moof.child("traf");
        var tfdt = traf.flatMap(box -> box.child("tfdt"));
        var trun = traf.flatMap(box -> box.child("trun"));
        if (lacks(tfdt, TFDT_BYTES) || lacks(trun, TRUN_HEAD_BYTES)) {
            return List.of();
        }
        long decodeTicks = tfdt.get().content().getLong(Integer.BYTES);
        var table = trun.get().content().position(Integer.BYTES);
        int count = table.getInt();
        int offset = table.getInt();
        if (count < 1 || count > table.remaining() / BYTES_PER_SAMPLE) {
            return List.of();
        }
        var samples = new ArrayList<FrameEntry>(count);
        long before = frames.isEmpty() ? -1 : frames.getLast().frameNumber();
        for (int i = 0; i < count; i++) {
            int duration = table.getInt();
            int size = table.getInt();
            table.getInt();
            int composition = table.getInt();
            var unit = SampleBytes.unit(name.stream(), codec, fragment, offset, size);
            if (unit.isEmpty() || unit.get().stamp().isEmpty() || !isNext(decodeTicks, duration)) {
                return List.of();
            }
            var entry = entry(unit.get(), decodeTicks, composition, begin + offset, size);
            if (entry.frameNumber() <= before) {
                return List.of();
            }
            before = entry.frameNumber();
            samples.add(entry);
            lastDecodeTicks = decodeTicks;
            lastDurationTicks = duration;
            decodeTicks += duration;
            offset += size;
        }
        return samples;
    }

    /// Whether a sample can stand on the track behind the others.
    private boolean isNext(long decodeTicks, int durationTicks) {
        return durationTicks >= 0 && decodeTicks >= lastDecodeTicks && decodeTicks <= MAX_TICKS;
    }

    private static boolean lacks(Optional<BoxReader> box, int contentBytes) {
        return box.isEmpty() || box.get().content().remaining() < contentBytes;
    }

    private FrameEntry entry(AccessUnit unit, long decodeTicks, int composition, long offset, int size) {
        var stamp = unit.stamp().orElseThrow();
        return new FrameEntry(
                stamp.id().frameNumber(),
                stamp.captureTimeNanos(),
                stamp.clock(),
                decodeTicks,
                composition,
                offset,
                size,
                unit.isIdr(),
                stamp.id().frameNumber() < name.firstFrame());
    }

    private static Optional<VideoTrack> track(BoxReader moov) {
        var description = moov.child("trak")
                .flatMap(box -> box.child("mdia"))
                .flatMap(box -> box.child("minf"))
                .flatMap(box -> box.child("stbl"))
                .flatMap(box -> box.child("stsd"));
        return Arrays.stream(VideoCodec.values())
                .flatMap(codec -> description
                        .flatMap(box -> box.child(codec.sampleEntry(), STSD_FIELDS_BYTES))
                        .flatMap(box -> box.child(DecoderConfiguration.boxOf(codec), SAMPLE_ENTRY_FIELDS_BYTES))
                        .flatMap(box -> DecoderConfiguration.read(codec, box.content()))
                        .stream())
                .findFirst();
    }

    /// Reads the box at the position and moves behind it; empty if there is no complete box of this type.
    private Optional<BoxReader> box(String type) throws IOException {
        var header = header(position);
        if (header.isEmpty()
                || !header.get().type().equals(type)
                || header.get().size() > MAX_HEAD_BYTES
                || header.get().size() < BOX_HEADER_BYTES) {
            return Optional.empty();
        }
        var content = bytes(position + BOX_HEADER_BYTES, (int) header.get().size() - BOX_HEADER_BYTES);
        content.ifPresent(_ -> position += header.get().size());
        return content.map(BoxReader::new);
    }

    private Optional<Header> header(long at) throws IOException {
        var bytes = bytes(at, BOX_HEADER_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        long size = Integer.toUnsignedLong(bytes.get().getInt(0));
        String type = BoxReader.type(bytes.get(), Integer.BYTES);
        if (size != 1) {
            return Optional.of(new Header(type, size));
        }
        return bytes(at + BOX_HEADER_BYTES, Long.BYTES).map(large -> new Header(type, large.getLong(0)));
    }

    /// Empty if the file ends before.
    private Optional<ByteBuffer> bytes(long at, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.flip());
    }
}
