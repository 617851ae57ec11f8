package dev.aerie.storage.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Content put together from bytes in memory and in segment files, which are read when it is written.
final class Extents implements RandomAccessSource {

    private final List<Extent> extents;
    private final String tag;

    /// Contiguous bytes: in memory, or in a file.
    private sealed interface Extent {

        /// Position in the content.
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

    private Extents(List<Extent> extents, String tag) {
        this.extents = extents;
        this.tag = tag;
    }

    /// Adds one behind the other.
    static final class Builder {

        private final List<Extent> extents = new ArrayList<>();

        Builder(ByteBuffer head) {
            extents.add(new Extent.Memory(0, head));
        }

        Builder add(ByteBuffer bytes) {
            if (bytes.hasRemaining()) {
                extents.add(new Extent.Memory(extents.getLast().end(), bytes));
            }
            return this;
        }

        /// - `file`: of a segment; it may be renamed when that is closed
        Builder add(Path file, long offset, long lengthBytes) {
            Extent before = extents.getLast();
            if (before instanceof Extent.Stored earlier
                    && earlier.file().equals(file)
                    && earlier.offset() + earlier.lengthBytes() == offset) {
                extents.removeLast();
                extents.add(new Extent.Stored(
                        earlier.position(), file, earlier.offset(), earlier.lengthBytes() + lengthBytes));
            } else {
                extents.add(new Extent.Stored(before.end(), file, offset, lengthBytes));
            }
            return this;
        }

        Extents build(String tag) {
            return new Extents(List.copyOf(extents), tag);
        }
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
