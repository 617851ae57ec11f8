package dev.aerie.storage.messages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// One gzip member of text lines with its own size in an extra field (RFC 1952, 2.3.1.1), as BGZF does.
///
/// ```
/// 0 magic, deflate, FEXTRA (4) · 4 zeros (6) · 10 extra length 8 (2) · 12 "AE" (2) · 14 length 4 (2) · 16 size (4)
/// 20 deflated lines · crc32 (4) · bytes of the lines (4)          all little endian
/// ```
final class GzipMember {

    static final int HEADER_BYTES = 20;

    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC = 0x04088b1f;
    private static final int SIZE_AT = 16;

    /// Extra length 8, then the subfield `AE` of length 4: the eight bytes before the size, less the first two.
    private static final short EXTRA_LENGTH = 8;

    private static final short SUBFIELD = 0x4541;
    private static final short SUBFIELD_LENGTH = 4;
    private static final int MAX_LINES_BYTES = 1 << 29;
    private static final int FAST = 1;

    private GzipMember() {}

    /// The lines, each followed by a line break, as one member.
    static ByteBuffer of(List<byte[]> lines) {
        var text = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            text.writeBytes(line);
            text.write('\n');
        }
        byte[] plain = text.toByteArray();
        byte[] packed = deflated(plain);
        int size = HEADER_BYTES + packed.length + TRAILER_BYTES;
        return littleEndian(ByteBuffer.allocate(size))
                .putInt(MAGIC)
                .putInt(0)
                .putShort((short) 0)
                .putShort(EXTRA_LENGTH)
                .putShort(SUBFIELD)
                .putShort(SUBFIELD_LENGTH)
                .putInt(size)
                .put(packed)
                .putInt(crc(plain))
                .putInt(plain.length)
                .flip();
    }

    /// The member's size from its header; empty if it is not a header written by this class.
    static Optional<Integer> sizeBytes(ByteBuffer header) {
        var in = littleEndian(header.duplicate());
        if (in.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int at = in.position();
        boolean isOurs = in.getInt(at) == MAGIC
                && in.getShort(at + 10) == EXTRA_LENGTH
                && in.getShort(at + 12) == SUBFIELD
                && in.getShort(at + 14) == SUBFIELD_LENGTH;
        int size = in.getInt(at + SIZE_AT);
        return isOurs && size > HEADER_BYTES + TRAILER_BYTES ? Optional.of(size) : Optional.empty();
    }

    /// The lines with their line breaks; empty if the member is corrupt.
    static Optional<byte[]> text(ByteBuffer member) {
        var in = littleEndian(member.duplicate());
        int size = in.remaining();
        int crc = in.getInt(in.position() + size - TRAILER_BYTES);
        int length = in.getInt(in.position() + size - Integer.BYTES);
        if (length < 0 || length > MAX_LINES_BYTES) {
            return Optional.empty();
        }
        byte[] plain = new byte[length];
        var inflater = new Inflater(true);
        try {
            inflater.setInput(in.slice(in.position() + HEADER_BYTES, size - HEADER_BYTES - TRAILER_BYTES));
            boolean isWhole = inflater.inflate(plain) == length && crc(plain) == crc;
            return isWhole ? Optional.of(plain) : Optional.empty();
        } catch (DataFormatException _) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflated(byte[] plain) {
        var deflater = new Deflater(FAST, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            var packed = new ByteArrayOutputStream(plain.length / 4 + 64);
            byte[] chunk = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(chunk, 0, deflater.deflate(chunk));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static int crc(byte[] plain) {
        var crc = new CRC32();
        crc.update(plain);
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
}
