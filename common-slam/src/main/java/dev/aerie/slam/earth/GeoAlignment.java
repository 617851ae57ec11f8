package dev.aerie.slam.earth;

import dev.aerie.slam.geometry.Sim3;
import java.util.OptionalDouble;

/// The position and orientation of a submap on the earth.
///
/// - `plane`: whose axes `localFromMap` leads to
/// - `positionSigmaMetres`: of the camera's position, each axis; `tiltSigmaRadians`: of directions
/// - `groundMetres`: height of the ground in `plane`, where the vehicle knows how far above it it flies
public record GeoAlignment(
        TangentPlane plane,
        Sim3 localFromMap,
        double positionSigmaMetres,
        double tiltSigmaRadians,
        OptionalDouble groundMetres) {}
