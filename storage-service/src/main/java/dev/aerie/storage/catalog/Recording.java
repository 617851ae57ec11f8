package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;

/// The recorded part of one session of a stream.
///
/// - `session`: its id; unique per stream
/// - `startNanos`, `endNanos`: capture times, Unix nanoseconds; a running session ends with its last closed segment
/// - `segments`, `protectedSegments`, `frames`, `bytes`: of the closed segments
/// - `ended`: whether the session is over
public record Recording(
        String stream,
        String session,
        CaptureClock clock,
        long startNanos,
        long endNanos,
        boolean ended,
        long segments,
        long protectedSegments,
        long frames,
        long bytes) {}
