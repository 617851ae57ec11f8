package dev.aerie.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Gathers small pieces into large writes at a place of a file. Used by one thread.
final class FileOutput {

    private static final int BUFFER_BYTES = 256 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long position;

    /// - `channel`: lent
    FileOutput(FileChannel channel) {
        this.channel = channel;
    }

    /// Begins at `offset`; what lies behind it in the file is gone.
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
                flush();
            }
            int count = Math.min(buffer.remaining(), bytes.remaining());
            buffer.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    void writeInt(int value) throws IOException {
        if (buffer.remaining() < Integer.BYTES) {
            flush();
        }
        buffer.putInt(value);
    }

    /// Hands everything to the operating system and returns where it ends.
    long flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        buffer.clear();
        return position;
    }
}
