package dev.aerie.cli.demo;

/// What the services have counted, over all lives of their processes.
///
/// - `framesIn`: access units that the ingest received
/// - `framesRelayed`: access units that it sent to readers, summed over them
/// - `framesProcessed`: frames that the frame-processor looked at
/// - `poses`: frames whose camera SLAM has found
/// - `segments`: of the archive, closed and entered in its index
record ServiceCounts(long framesIn, long framesRelayed, long framesProcessed, long poses, long segments) {}
