package dev.aerie.cli.demo;

/// Counts of the services, over all restarts of their processes.
///
/// - `framesIn`: access units that the ingest received
/// - `framesRelayed`: access units that it sent to readers, summed over them
/// - `framesProcessed`: frames that the frame-processor processed
/// - `poses`: frames with a pose from SLAM
/// - `segments`: of the archive, closed and entered in its index
record ServiceCounts(long framesIn, long framesRelayed, long framesProcessed, long poses, long segments) {}
