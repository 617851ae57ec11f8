package dev.aerie.storage.catalog;

import dev.aerie.video.FrameSize;

/// One file of a recording.
///
/// - `id`: a ULID
/// - `path`: relative to the archive's root, with `/`
/// - `firstFrame`, `lastFrame`: of the frames that the segment adds to the recording; `frames` is their number
/// - `startNanos`: capture time of the first frame; `endNanos`: capture time of the last frame plus its duration
/// - `codec`: as browsers name it, `avc1.640028` or `hvc1.1.6.L93.B0`
/// - `sha256`: of the closed file, 64 hex digits; empty while it is open
public record Segment(
        String id,
        String stream,
        String session,
        String path,
        long firstFrame,
        long lastFrame,
        long frames,
        long startNanos,
        long endNanos,
        long bytes,
        String codec,
        FrameSize size,
        State state,
        boolean isProtected,
        String sha256) {

    /// The state of a segment.
    public enum State {
        /// Being written: the file name ends in `.part`; the file grows and can be played.
        OPEN,
        /// Complete, and never changed again.
        CLOSED,
        /// In the index, but the file is missing; becomes [#CLOSED] again when the file is back.
        MISSING,
        /// The file is in the bucket only; messages, frame index and snapshots are still here.
        REMOTE
    }

    public long durationNanos() {
        return Math.max(0, endNanos - startNanos);
    }

    /// Whether any of its frames was captured from `fromNanos` to `toNanos` (exclusive).
    public boolean overlaps(long fromNanos, long toNanos) {
        return startNanos < toNanos && endNanos > fromNanos;
    }
}
