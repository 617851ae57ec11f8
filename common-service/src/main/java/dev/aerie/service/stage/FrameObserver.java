package dev.aerie.service.stage;

/// Notified of each unit that a worker has processed, on the worker's thread.
@FunctionalInterface
public interface FrameObserver {

    FrameObserver NONE = (_, _) -> {};

    /// - `unit`: a [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit], lent
    /// - `begunNanos`: `System.nanoTime()` when processing began; it ends with this call
    void worked(Object unit, long begunNanos);
}
