package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.Trajectory;

/// A world, the camera's flight through it, and the light.
///
/// - `seconds`: the scenario's natural length; flights go on after it
public record Scene(World world, Trajectory trajectory, Exposure exposure, double seconds) {}
