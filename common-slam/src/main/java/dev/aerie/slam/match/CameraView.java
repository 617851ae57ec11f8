package dev.aerie.slam.match;

import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.RigidTransform;

/// A frame whose pose is known or guessed: where landmarks are looked for.
public record CameraView(Features features, PinholeCamera camera, RigidTransform cameraFromWorld) {}
