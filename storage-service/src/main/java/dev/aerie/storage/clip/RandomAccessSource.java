package dev.aerie.storage.clip;

import java.io.IOException;
import java.io.OutputStream;

/// Bytes that can be read from anywhere.
public interface RandomAccessSource {

    long lengthBytes();

    /// Names these very bytes: equal for equal ones.
    String tag();

    /// Writes the bytes from `from` on, `count` of them. Throws [IOException] if they cannot be read or written.
    void writeTo(OutputStream out, long from, long count) throws IOException;
}
