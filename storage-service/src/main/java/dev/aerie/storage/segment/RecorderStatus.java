package dev.aerie.storage.segment;

/// How the recording of one stream goes.
///
/// - `frames`, `bytes`: written since it began
/// - `waitingBytes`: received and not written yet
/// - `lost`: units not taken because the disk was away or too slow
/// - `counts`: see [SegmentCutter.Counts]
/// - `trouble`: why nothing is written now; empty if it is
/// - `openPath`: of the segment that is open, relative to the archive's root; empty for none
public record RecorderStatus(
        long frames,
        long bytes,
        long waitingBytes,
        long lost,
        SegmentCutter.Counts counts,
        String failureCause,
        String openPath) {}
