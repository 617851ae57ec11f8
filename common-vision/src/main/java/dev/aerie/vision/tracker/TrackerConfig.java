package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.BatchConfig;

/// The operator's choice of tracker and detector.
///
/// - `tracker`: `auto`, `sam2`, `bilateral` or `mot`
/// - `detector`: `auto`, `motion`, `motion_network`, `grounding_dino`, a model of the manifest, or an ONNX file
/// - `classes`: of the detector that are tracked: `all`, `street` or a list, see [TrackedClasses]
/// - `wholeFrames`: how frames are segmented in [ProcessingMode#SEGMENT]
/// - `batches`: how streams share runs of the detector
/// - `recordsDetections`: whether `VideoTracker.detectionsIn` says what the detector found
public record TrackerConfig(
        String tracker,
        Sam2Config sam2,
        String detector,
        String classes,
        TrackingLimits limits,
        WholeFrameConfig wholeFrames,
        boolean recordsDetections,
        BatchConfig batches,
        DetectorInput detectorInput) {

    /// With [WholeFrameConfig#DEFAULT], detections not recorded, no batches, [DetectorInput#DEFAULT].
    public TrackerConfig(String tracker, Sam2Config sam2, String detector, String classes, TrackingLimits limits) {
        this(
                tracker,
                sam2,
                detector,
                classes,
                limits,
                WholeFrameConfig.DEFAULT,
                false,
                BatchConfig.NONE,
                DetectorInput.DEFAULT);
    }
}
