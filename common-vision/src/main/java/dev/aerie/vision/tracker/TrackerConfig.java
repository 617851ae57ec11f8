package dev.aerie.vision.tracker;

/// The operator's choice of tracker and detector.
///
/// - `tracker`: `auto`, `sam2`, `bilateral` or `mot`
/// - `detector`: `auto`, `motion`, `motion_network`, a model of the manifest, or an ONNX file
/// - `classes`: of the detector that are tracked: `all`, `street` or a list, see [TrackedClasses]
public record TrackerConfig(String tracker, Sam2Config sam2, String detector, String classes, TrackingLimits limits) {}
