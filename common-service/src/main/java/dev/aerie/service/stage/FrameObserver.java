package dev.aerie.service.stage;

/// Told of each unit that a worker has dealt with, on the worker's thread.
@FunctionalInterface
public interface FrameObserver {

    FrameObserver NONE = (_, _) -> {};

    /// - `unit`: a [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit], lent
    /// - `begunNanos`: `System.nanoTime()` when the work on it began; it ends now
    void worked(Object unit, long begunNanos);
}
