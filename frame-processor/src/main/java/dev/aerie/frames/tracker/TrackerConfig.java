package dev.aerie.frames.tracker;

/// What an operator chose to look at frames with.
///
/// - `tracker`: `auto`, `sam2`, `bilateral` or `mot`
/// - `detector`: `auto`, `motion`, a model of the manifest, or an ONNX file
/// - `classes`: of a detector that names them: `all`, `street` or a list, see [TrackedClasses]
public record TrackerConfig(String tracker, Sam2Config sam2, String detector, String classes, TrackingLimits limits) {}
