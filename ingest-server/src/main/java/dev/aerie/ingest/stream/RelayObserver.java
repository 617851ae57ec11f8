package dev.aerie.ingest.stream;

import dev.aerie.video.FrameStamp;

/// Told of each frame that was handed to every reader.
@FunctionalInterface
public interface RelayObserver {

    RelayObserver NONE = (_, _) -> {};

    /// - `begunNanos`: `System.nanoTime()` when its complete access unit was there; the hand-over ends now
    void relayed(FrameStamp stamp, long begunNanos);
}
