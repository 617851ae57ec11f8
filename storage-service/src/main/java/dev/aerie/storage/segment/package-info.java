/// One stream onto the disk: access units are cut into segments, written as they come, closed, repaired after a crash.
///
/// ```
/// UnitQueue ⇒ SegmentCutter ▸ SegmentWriter ▸ SegmentLedger (→ index, message)     ▸ SnapshotTaker ⇒ JPEG
/// ```
///
/// A segment is an MP4 that is fragmented while it grows and an ordinary one once it is closed (FFmpeg calls that
/// `hybrid_fragmented`): [SegmentWriter] says how.
@NullMarked
package dev.aerie.storage.segment;

import org.jspecify.annotations.NullMarked;
