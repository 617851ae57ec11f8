package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Combines small pieces into one write at a position of a file: a process that is killed has written either all of
/// it or, except while the operating system copies the data, nothing. More than some megabytes take several writes.
/// Used by one thread.
final class FileOutput {

    private static final int MIN_BYTES = 64 << 10;
    private static final int MAX_BYTES = 8 << 20;

    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(MIN_BYTES);
    private long position;

    /// - `channel`: lent
    FileOutput(FileChannel channel) {
        this.channel = channel;
    }

    /// Starts at `offset`; everything behind it in the file is removed.
    void begin(long offset) throws IOException {
        buffer.clear();
        if (channel.size() > offset) {
            channel.truncate(offset);
        }
        position = offset;
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                makeRoom();
            }
            int count = Math.min(buffer.remaining(), bytes.remaining());
            buffer.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    void writeInt(int value) throws IOException {
        if (buffer.remaining() < Integer.BYTES) {
            makeRoom();
        }
        buffer.putInt(value);
    }

    /// Writes everything and returns the position of its end.
    long flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        buffer.clear();
        return position;
    }

    private void makeRoom() throws IOException {
        if (buffer.capacity() >= MAX_BYTES) {
            flush();
            return;
        }
        var larger = ByteBuffer.allocateDirect(2 * buffer.capacity());
        buffer = larger.put(buffer.flip());
    }
}
