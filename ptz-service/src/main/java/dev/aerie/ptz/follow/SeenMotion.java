package dev.aerie.ptz.follow;

import dev.aerie.vision.motion.CameraMotion;

/// How the background moved up to a frame.
///
/// - `fromCaptureNanos`: capture time of the frame that it moved from, by the clock of the frames
/// - `motion`: in pixels of the frame
public record SeenMotion(long fromCaptureNanos, CameraMotion motion) {}
