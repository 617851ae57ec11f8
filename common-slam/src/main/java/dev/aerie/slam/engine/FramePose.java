package dev.aerie.slam.engine;

import dev.aerie.geometry.RigidTransform;

/// Where the camera was when a frame was taken, as the map knows it now.
///
/// - `submap`: poses of different submaps have different world frames
public record FramePose(long frameNumber, long captureTimeNanos, int submap, RigidTransform worldFromCamera) {}
