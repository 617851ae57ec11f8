package dev.aerie.storage.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Finds boxes inside an MP4 box in memory (ISO/IEC 14496-12, section 4.2).
///
/// - `content`: the box without its header
record BoxReader(ByteBuffer content) {

    private static final int HEADER_BYTES = 8;

    /// The first box of this type directly inside this one.
    Optional<BoxReader> child(String type) {
        return child(type, 0);
    }

    /// The same, if other fields of `skip` bytes precede the boxes.
    Optional<BoxReader> child(String type, int skip) {
        int at = content.position() + skip;
        while (at + HEADER_BYTES <= content.limit()) {
            int size = content.getInt(at);
            if (size < HEADER_BYTES || size > content.limit() - at) {
                return Optional.empty();
            }
            if (type(content, at + Integer.BYTES).equals(type)) {
                return Optional.of(new BoxReader(content.slice(at + HEADER_BYTES, size - HEADER_BYTES)));
            }
            at += size;
        }
        return Optional.empty();
    }

    static String type(ByteBuffer bytes, int at) {
        byte[] letters = new byte[Integer.BYTES];
        bytes.get(at, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
