package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;

/// From where on readings take part in the map of a submap, and what is known by then.
///
/// - `metricFromMap`: to metres with Z up
/// - `gyroBias`: rad/s
/// - `readings`: lent
public record InertialStart(
        int submap, Sim3 metricFromMap, Vector3 gyroBias, ImuBuffer readings, RigidTransform cameraFromBody) {}
