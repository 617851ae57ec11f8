package dev.aerie.storage.clip;

import dev.aerie.video.mp4.BoxWriter;
import dev.aerie.video.mp4.MovieBox;
import dev.aerie.video.mp4.SampleTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A clip as an MP4 file with its index in front. No such file exists on a disk: the head is computed from the plan,
/// and the frames are read from the segments on demand.
///
/// ```
/// ftyp · moov (sample tables, edit list) · mdat (samples in decoding order)
/// ```
final class Mp4Clip implements RandomAccessSource {

    private static final int LARGE_BOX_HEADER_BYTES = 16;
    private static final int HEAD_BYTES_PER_SAMPLE = 32;
    private static final int HEAD_BYTES = 1_024;

    private final List<Extent> extents;
    private final String tag;

    /// Contiguous bytes of the clip: in memory, or in a file.
    private sealed interface Extent {

        /// Position in the clip.
        long position();

        long lengthBytes();

        default long end() {
            return position() + lengthBytes();
        }

        record Memory(long position, ByteBuffer bytes) implements Extent {
            @Override
            public long lengthBytes() {
                return bytes.remaining();
            }
        }

        record Stored(long position, Path file, long offset, long lengthBytes) implements Extent {}
    }

    private Mp4Clip(List<Extent> extents, String tag) {
        this.extents = extents;
        this.tag = tag;
    }

    static Mp4Clip of(ClipPlan plan) {
        int headBytes = head(plan, 0).remaining(); // the offsets in it do not change its size
        var extents = new ArrayList<Extent>();
        extents.add(new Extent.Memory(0, head(plan, headBytes)));
        for (Sample sample : plan.samples()) {
            if (sample.prefix().hasRemaining()) {
                extents.add(new Extent.Memory(extents.getLast().end(), sample.prefix()));
            }
            add(sample.source(), extents);
        }
        return new Mp4Clip(List.copyOf(extents), plan.digest());
    }

    @Override
    public long lengthBytes() {
        return extents.getLast().end();
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        try (var files = new OpenFile()) {
            for (int i = extentAt(from); i < extents.size() && extents.get(i).position() < from + count; i++) {
                Extent extent = extents.get(i);
                long start = Math.max(from, extent.position()) - extent.position();
                long end = Math.min(from + count, extent.end()) - extent.position();
                switch (extent) {
                    case Extent.Memory memory -> write(memory.bytes().slice((int) start, (int) (end - start)), out);
                    case Extent.Stored stored ->
                        StoredFile.copy(files.open(stored.file()), stored.offset() + start, end - start, out);
                }
            }
        }
    }

    private static void write(ByteBuffer bytes, OutputStream out) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.write(copy);
    }

    private int extentAt(long position) {
        int low = 0;
        int high = extents.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (extents.get(middle).position() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static void add(Sample.Source source, List<Extent> extents) {
        Extent before = extents.getLast();
        switch (source) {
            case Sample.Source.InMemory memory -> extents.add(new Extent.Memory(before.end(), memory.bytes()));
            case Sample.Source.InFile stored -> {
                if (before instanceof Extent.Stored earlier
                        && earlier.file().equals(stored.file())
                        && earlier.offset() + earlier.lengthBytes() == stored.offset()) {
                    extents.removeLast();
                    extents.add(new Extent.Stored(
                            earlier.position(),
                            earlier.file(),
                            earlier.offset(),
                            earlier.lengthBytes() + stored.sizeBytes()));
                } else {
                    extents.add(new Extent.Stored(before.end(), stored.file(), stored.offset(), stored.sizeBytes()));
                }
            }
        }
    }

    private static ByteBuffer head(ClipPlan plan, long headBytes) {
        var entries = new ArrayList<SampleTable.Sample>(plan.samples().size());
        long offset = headBytes;
        for (Sample sample : plan.samples()) {
            entries.add(new SampleTable.Sample(
                    sample.decodeTicks(), sample.compositionTicks(), offset, sample.sizeBytes(), sample.keyframe()));
            offset += sample.sizeBytes();
        }
        long mediaBytes = offset - headBytes;
        var out = new BoxWriter(HEAD_BYTES + entries.size() * HEAD_BYTES_PER_SAMPLE);
        out.box(
                "ftyp",
                box -> box.letters("isom")
                        .u32(0x200)
                        .letters("isom")
                        .letters("iso2")
                        .letters(plan.track().videoCodec().sampleEntry())
                        .letters("mp41"));
        MovieBox.writeEdited(
                out,
                plan.track(),
                new SampleTable(entries, plan.durationTicks()),
                new MovieBox.Edit(plan.shownFromTicks(), plan.shownTicks()));
        out.u32(1).letters("mdat").u64(LARGE_BOX_HEADER_BYTES + mediaBytes);
        return out.finish();
    }

    /// Caches the file that was read last, because the next bytes are usually in it.
    private static final class OpenFile implements AutoCloseable {

        private Path path = Path.of("");
        private @Nullable FileChannel channel;

        FileChannel open(Path file) throws IOException {
            if (channel == null || !path.equals(file)) {
                close();
                channel = FileChannel.open(SegmentFrames.now(file), StandardOpenOption.READ);
                path = file;
            }
            return channel;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
