package dev.aerie.ingest.mp4;

/// The position of one frame on the track, in 90 kHz ticks from the track's start.
///
/// - `decodeTicks`: rises with every frame
/// - `presentationTicks`: differs from it only where frames are reordered
/// - `durationTicks`: expected time until the next frame
public record SampleTime(long decodeTicks, long presentationTicks, long durationTicks) {}
