package dev.aerie.cli.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/// Builds the content of MCAP records: little endian, text and maps behind their length in bytes (MCAP specification,
/// "Serialization"). Used by one thread.
final class McapBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    McapBytes u8(int value) {
        bytes.write(value);
        return this;
    }

    McapBytes u16(int value) {
        return little(value, Short.BYTES);
    }

    McapBytes u32(long value) {
        return little(value, Integer.BYTES);
    }

    McapBytes u64(long value) {
        return little(value, Long.BYTES);
    }

    McapBytes text(String value) {
        return prefixed(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes behind their length in 32 bits.
    McapBytes prefixed(byte[] value) {
        return u32(value.length).raw(value);
    }

    McapBytes raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    McapBytes texts(SortedMap<String, String> map) {
        var content = new McapBytes();
        map.forEach((key, value) -> content.text(key).text(value));
        return prefixed(content.toBytes());
    }

    /// A map from channels to 64 bits.
    McapBytes byChannel(Map<Integer, Long> map) {
        var content = new McapBytes();
        map.forEach((channel, value) -> content.u16(channel).u64(value));
        return prefixed(content.toBytes());
    }

    /// A whole record: opcode, length, content.
    McapBytes record(int opcode, McapBytes content) {
        return u8(opcode).u64(content.size()).raw(content.toBytes());
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private McapBytes little(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
        return this;
    }
}
