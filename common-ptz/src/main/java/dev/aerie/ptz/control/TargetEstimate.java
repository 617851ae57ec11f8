package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.Direction;

/// Where a target is believed to be at a time, and how it moves.
///
/// - `atNanos`: Unix time
/// - `direction`: from the camera's mounting; true up to the offset of a camera that reports no position
/// - `panDegreesPerSecond`, `tiltDegreesPerSecond`: of the target, not of the camera
/// - `sizeTangent`: its greater share of the frame's width or height, times the tangent of half the horizontal field of
///   view: the same at any zoom
public record TargetEstimate(
        long atNanos,
        Direction direction,
        double panDegreesPerSecond,
        double tiltDegreesPerSecond,
        double sizeTangent) {}
