package dev.aerie.slam.earth;

import dev.aerie.slam.geometry.Sim3;
import java.util.OptionalDouble;

/// How one part of the map lies on the earth.
///
/// - `plane`: whose axes `localFromMap` leads to
/// - `placeSigmaMetres`: of the camera's place, each axis; `tiltSigmaRadians`: of directions
/// - `groundMetres`: height of the ground in `plane`, where the vehicle knows how far above it it flies
public record GeoAlignment(
        TangentPlane plane,
        Sim3 localFromMap,
        double positionSigmaMetres,
        double tiltSigmaRadians,
        OptionalDouble groundMetres) {}
