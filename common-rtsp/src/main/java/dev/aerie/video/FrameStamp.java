package dev.aerie.video;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;

/// A frame's identity and its time.
///
/// - `captureTimeNanos`: Unix time of the frame in nanoseconds
/// - `clock`: the clock it was read from
public record FrameStamp(FrameId id, long captureTimeNanos, CaptureClock clock) {}
