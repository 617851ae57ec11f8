package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;

/// What was kept of one session of a stream.
///
/// - `session`: its id; unique per stream
/// - `startNanos`, `endNanos`: capture times of what is there; of a running one up to its last closed segment
/// - `frames`, `bytes`, `segments`: of the closed segments
/// - `ended`: nothing more will come
public record Recording(
        String stream,
        String session,
        CaptureClock clock,
        long startNanos,
        long endNanos,
        boolean ended,
        long segments,
        long frames,
        long bytes) {}
