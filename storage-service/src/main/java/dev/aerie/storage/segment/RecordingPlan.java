package dev.aerie.storage.segment;

import java.time.Duration;

/// The settings of recording.
///
/// - `segmentLength`: approximate; a segment ends at the first IDR frame after this time
/// - `snapshotInterval`: zero for no snapshots
/// - `bufferBytes`: maximum of one stream that waits for the disk
/// - `durableEvery`: interval of flushing to the disk, and thus the maximum loss at a power failure
public record RecordingPlan(
        Duration segmentLength, Duration snapshotInterval, long bufferBytes, Duration durableEvery) {

    private static final Duration USUALLY = Duration.ofSeconds(5);

    public RecordingPlan(Duration segmentLength, Duration snapshotInterval, long bufferBytes) {
        this(segmentLength, snapshotInterval, bufferBytes, USUALLY);
    }
}
