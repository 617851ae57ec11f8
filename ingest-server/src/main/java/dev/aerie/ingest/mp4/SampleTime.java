package dev.aerie.ingest.mp4;

/// Where one picture stands on the track, in 90 kHz ticks from the track's start.
///
/// - `decodeTicks`: rises with every picture
/// - `presentationTicks`: differs from it only where pictures are reordered
/// - `durationTicks`: expected time until the next picture
public record SampleTime(long decodeTicks, long presentationTicks, long durationTicks) {}
