package dev.aerie.rtsp;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;

/// An open connection to one stream that yields access units or pictures. Used by one thread; closed by any.
///
/// Every wait in it is bounded: a source that stays silent ends in an [IOException], never in a thread that hangs.
public interface StreamSource<T> extends AutoCloseable {

    /// The next unit, lent until the next call; waits for it. Throws [IOException] at the end of the stream, on loss
    /// and on
    /// time-out: weather, answered by reconnecting.
    T next() throws IOException;

    @Override
    void close();

    /// Opens connections to the same stream again and again.
    interface Opener<T> {
        @MustBeClosed
        StreamSource<T> open() throws IOException;
    }
}
