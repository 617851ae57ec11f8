package dev.aerie.storage.segment;

import java.time.Duration;

/// How streams are recorded.
///
/// - `segmentLength`: about; a segment ends at the first IDR picture from there on
/// - `snapshotInterval`: zero for no snapshots
/// - `bufferBytes`: of one stream that may wait for the disk
public record RecordingPlan(Duration segmentLength, Duration snapshotInterval, long bufferBytes) {}
