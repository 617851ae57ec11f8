package dev.aerie.rtsp;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;

/// An open connection to one stream that yields access units or frames. Used by one thread; closed by any.
///
/// Every wait in it is bounded: a source that stays silent ends in an [IOException], never in a thread that hangs.
public interface StreamSource<T> extends AutoCloseable {

    /// The next unit, lent until the next call; waits for it. Throws [IOException] on loss and on time-out (a
    /// transient failure, answered by reconnecting), [EOFException] at the end of the stream. An interrupt of the
    /// calling thread ends the wait with an [IOException] too.
    T next() throws IOException;

    /// Units dropped by the source since it was opened: damaged ones, and those for which no memory was free.
    default long skipped() {
        return 0;
    }

    @Override
    void close();

    /// Opens a connection to the stream; called for every reconnection.
    interface Opener<T> {
        @MustBeClosed
        StreamSource<T> open() throws IOException;
    }
}
