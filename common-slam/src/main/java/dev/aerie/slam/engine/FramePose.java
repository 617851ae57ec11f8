package dev.aerie.slam.engine;

import dev.aerie.slam.geometry.RigidTransform;

/// Where the camera was when a frame was taken, as the map knows it now.
///
/// - `part`: of the map; poses of different parts are in different worlds
public record FramePose(long frameNumber, long captureTimeNanos, int submap, RigidTransform worldFromCamera) {}
