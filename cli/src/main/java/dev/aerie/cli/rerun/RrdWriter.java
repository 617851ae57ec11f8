package dev.aerie.cli.rerun;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes messages as a file of Rerun (`RRF2`): a header, messages in Protocol Buffers, no footer: a reader may read
/// what is there while it grows. Used by one thread.
public final class RrdWriter implements LogSink, AutoCloseable {

    /// Whose format this is.
    public static final String VERSION = "0.33.0";

    static final byte[] MAGIC = "RRF2".getBytes(StandardCharsets.US_ASCII);
    static final byte[] VERSION_BYTES = {0, 33, 0, 0};
    static final byte[] LZ4_PROTOBUF = {1, 2, 0, 0};
    static final int END = 0;

    private final OutputStream out;

    /// - `out`: owned from here on
    public RrdWriter(OutputStream out) throws IOException {
        this.out = out;
        beginning().writeTo(out);
    }

    /// What stands in front of the first message.
    public static ByteString beginning() {
        return ByteString.copyFrom(MAGIC)
                .concat(ByteString.copyFrom(VERSION_BYTES))
                .concat(ByteString.copyFrom(LZ4_PROTOBUF));
    }

    /// A message as it stands in a file.
    public static ByteString framed(LogMessage message) {
        return head(message.kind(), message.content().size()).concat(message.content());
    }

    /// What stands behind the last message.
    public static ByteString end() {
        return head(END, 0);
    }

    @Override
    public void accept(LogMessage message) throws IOException {
        framed(message).writeTo(out);
    }

    /// Ends the file.
    @Override
    public void close() throws IOException {
        try (out) {
            end().writeTo(out);
        }
    }

    private static ByteString head(long kind, long bytes) {
        return ByteString.copyFrom(ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(kind)
                .putLong(bytes)
                .flip());
    }
}
