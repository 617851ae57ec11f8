package dev.aerie.storage.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A whole file of the archive.
public final class StoredFile implements RandomAccessSource {

    private static final int COPY_BYTES = 1 << 18;

    private final Path file;
    private final long lengthBytes;
    private final String tag;

    /// - `tag`: identifies the content, for example a checksum
    public StoredFile(Path file, String tag) throws IOException {
        this.file = file;
        this.lengthBytes = Files.size(file);
        this.tag = tag;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            copy(channel, from, count, out);
        }
    }

    /// Throws [IOException] if the file is too short.
    static void copy(FileChannel file, long from, long count, OutputStream out) throws IOException {
        var sink = Channels.newChannel(out);
        var buffer = ByteBuffer.allocate((int) Math.min(count, COPY_BYTES));
        long at = from;
        while (at < from + count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), from + count - at));
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new IOException("a file of the archive is shorter than its index says");
            }
            at += read;
            sink.write(buffer.flip());
        }
    }
}
