package dev.aerie.storage.clip;

import java.io.IOException;
import java.io.OutputStream;

/// Content that can be read from any position.
public interface RandomAccessSource {

    long lengthBytes();

    /// A tag that identifies the content: equal for equal bytes.
    String tag();

    /// Writes `count` bytes from position `from`. Throws [IOException] if they cannot be read or written.
    void writeTo(OutputStream out, long from, long count) throws IOException;
}
