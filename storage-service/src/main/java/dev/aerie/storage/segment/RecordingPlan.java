package dev.aerie.storage.segment;

import java.time.Duration;

/// How streams are recorded.
///
/// - `segmentLength`: about; a segment ends at the first IDR frame from there on
/// - `snapshotInterval`: zero for no snapshots
/// - `bufferBytes`: of one stream that may wait for the disk
/// - `durableEvery`: how often the disk is made to keep what is written: so much a loss of power may cost
public record RecordingPlan(
        Duration segmentLength, Duration snapshotInterval, long bufferBytes, Duration durableEvery) {

    private static final Duration USUALLY = Duration.ofSeconds(5);

    public RecordingPlan(Duration segmentLength, Duration snapshotInterval, long bufferBytes) {
        this(segmentLength, snapshotInterval, bufferBytes, USUALLY);
    }
}
