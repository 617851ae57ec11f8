package dev.aerie.video.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Writes boxes of ISO/IEC 14496-12, section 4.2, big endian: size (u32), type (4 letters), content.
public final class BoxWriter {

    private byte[] bytes;
    private int length;

    public BoxWriter(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    /// A box around `content`; its size is filled in afterwards.
    public BoxWriter box(String type, Consumer<BoxWriter> content) {
        int start = length;
        u32(0).letters(type);
        content.accept(this);
        patch32(start, length - start);
        return this;
    }

    /// A box that begins with a version and 24 flags.
    public BoxWriter fullBox(String type, int version, int flags, Consumer<BoxWriter> content) {
        return box(type, box -> content.accept(box.u32(version << 24 | flags)));
    }

    public BoxWriter u8(int value) {
        grow(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public BoxWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public BoxWriter u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    public BoxWriter u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    public BoxWriter zeros(int count) {
        grow(count);
        length += count;
        return this;
    }

    public BoxWriter letters(String ascii) {
        byte[] letters = ascii.getBytes(StandardCharsets.US_ASCII);
        return put(ByteBuffer.wrap(letters));
    }

    /// All that remains in `source`.
    public BoxWriter put(ByteBuffer source) {
        int count = source.remaining();
        grow(count);
        source.get(bytes, length, count);
        length += count;
        return this;
    }

    /// Bytes written so far.
    public int length() {
        return length;
    }

    /// Writes a value over an earlier one.
    public void patch32(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /// What was written; shares its bytes with this writer, which is done.
    public ByteBuffer finish() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void grow(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
