package dev.aerie.slam.match;

import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.RigidTransform;

/// A picture whose pose is known or guessed: where landmarks are looked for.
public record Sight(Features features, PinholeCamera camera, RigidTransform cameraFromWorld) {}
