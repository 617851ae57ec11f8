package dev.aerie.ingest.source;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.video.AccessUnit;
import java.io.IOException;

/// An open source. Used by one thread, closed by any; every wait in it is bounded.
public interface SourceInput extends AutoCloseable {

    /// The next frame, at its own pace. Throws [java.io.EOFException] at the intended end, another [IOException] on
    /// failure.
    Frame next() throws IOException;

    @Override
    void close();

    /// An access unit and its capture time.
    record Frame(AccessUnit unit, CaptureTime captured) {}

    /// Opens sources.
    @FunctionalInterface
    interface Opener {

        /// - `attempt`: from 0; chooses among several URLs
        SourceInput open(String stream, SourceSpec spec, long attempt) throws IOException;
    }
}
