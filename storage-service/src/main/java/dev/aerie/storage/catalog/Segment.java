package dev.aerie.storage.catalog;

import dev.aerie.video.FrameSize;

/// One file of a recording.
///
/// - `id`: a ULID
/// - `path`: relative to the archive's root, with `/`
/// - `firstFrame`, `lastFrame`: of the frames it adds to the recording; `frames` is their number
/// - `startNanos`: capture time of the first of them; `endNanos`: of the last, and that one's duration on top
/// - `codec`: as browsers name it, `avc1.640028`
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

    /// Where a segment stands.
    public enum State {
        /// Being written: the file ends in `.part`, grows, and can be played.
        OPEN,
        /// Complete, and never changed again.
        CLOSED,
        /// In the index, but its file is not where it should be; closed again when the file is back.
        MISSING,
        /// Its file lies in the bucket only; what was said, frames and snapshots are here.
        REMOTE
    }

    public long durationNanos() {
        return Math.max(0, endNanos - startNanos);
    }

    /// Whether any of its frames was taken from `fromNanos` to `toNanos` (exclusive).
    public boolean overlaps(long fromNanos, long toNanos) {
        return startNanos < toNanos && endNanos > fromNanos;
    }
}
