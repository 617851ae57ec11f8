package dev.aerie.slam.map;

import dev.aerie.geometry.Vector3;

/// How the body that carries camera and inertial sensor moved, and what the sensor's errors were.
///
/// - `velocity`: m/s, in the body's axes: corrections of the map do not change it
/// - `gyroBias`: rad/s; `forceBias`: of the accelerometer, m/s²
public record BodyMotion(Vector3 velocity, Vector3 gyroBias, Vector3 forceBias) {}
