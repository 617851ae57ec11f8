package dev.aerie.video;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;

/// A picture's identity and its time.
///
/// - `captureTimeNanos`: Unix time of the picture in nanoseconds
/// - `clock`: which clock said so
public record FrameStamp(FrameId id, long captureTimeNanos, CaptureClock clock) {}
