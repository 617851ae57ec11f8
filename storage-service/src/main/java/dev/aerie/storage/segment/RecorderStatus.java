package dev.aerie.storage.segment;

/// The state of the recording of one stream.
///
/// - `frames`, `bytes`: written since the start
/// - `waitingBytes`: bytes received and not written yet
/// - `lost`: units lost because the disk was away or too slow
/// - `counts`: see [SegmentCutter.Counts]
/// - `failureCause`: why nothing is written now; empty if the disk works
/// - `openPath`: of the open segment, relative to the archive's root; empty for none
public record RecorderStatus(
        long frames,
        long bytes,
        long waitingBytes,
        long lost,
        SegmentCutter.Counts counts,
        String failureCause,
        String openPath) {}
