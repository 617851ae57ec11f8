package dev.aerie.ingest.watch;

import dev.aerie.messages.FrameResult;
import java.util.List;

/// Follows the objects of one session. Time is the frames' capture time. Not thread-safe.
public interface SessionWatch<E> {

    /// An object that was not seen for this long is gone.
    long GONE_AFTER_NANOS = 2_000_000_000;

    /// What happens with this frame. Frame numbers rise from call to call.
    List<E> accept(FrameResult result);

    /// What happens because the session is over.
    List<E> end();
}
