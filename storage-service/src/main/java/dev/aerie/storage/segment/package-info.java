/// Writes one stream to the disk: cuts access units into segments, writes them as they arrive, closes segments, and
/// repairs them after a crash.
///
/// ```
/// UnitQueue ⇒ SegmentCutter ▸ SegmentWriter ▸ SegmentRegistrar (→ index, message)     ▸ SnapshotTaker ⇒ JPEG
/// ```
///
/// A segment is a fragmented MP4 while it grows and an ordinary MP4 when it is closed (FFmpeg calls this
/// `hybrid_fragmented`): see [SegmentWriter].
@NullMarked
package dev.aerie.storage.segment;

import org.jspecify.annotations.NullMarked;
