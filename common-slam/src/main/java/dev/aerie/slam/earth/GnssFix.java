package dev.aerie.slam.earth;

import java.util.OptionalDouble;

/// A position that a vehicle reported.
///
/// - `aboveGroundMetres`: its height above the place of take-off, where it says that too
public record GnssFix(long timeNanos, GeoPoint position, OptionalDouble aboveGroundMetres) {}
