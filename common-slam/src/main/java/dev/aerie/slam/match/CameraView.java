package dev.aerie.slam.match;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;

/// A frame with a known or predicted pose, in which landmarks are searched.
public record CameraView(Features features, PinholeCamera camera, RigidTransform cameraFromWorld) {}
