package dev.aerie.ptz.pipeline;

/// What the work on a stream has done so far.
///
/// - `detected`: frames in which was looked for objects
/// - `tracks`: in the last of them
/// - `joined`: objects of frame-processor that were joined to a track
public record PipelineCounts(long detected, long tracks, long joined) {}
