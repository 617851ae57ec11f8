package dev.aerie.simulator.world;

import dev.aerie.simulator.geometry.FlightPath;

/// A world, the camera's flight through it, and the light.
///
/// - `seconds`: the scenario's nominal length; flights continue after it
public record Scene(World world, FlightPath trajectory, Exposure exposure, double seconds) {

    /// The same scene with this shutter time; throws [IllegalArgumentException] unless 0..1 s.
    public Scene withShutter(double shutterSeconds) {
        return exposed(shutterSeconds, exposure.readoutSeconds());
    }

    /// The same scene with a rolling shutter of this readout time; throws [IllegalArgumentException] unless 0..1 s.
    public Scene withRollingShutter(double readoutSeconds) {
        return exposed(exposure.shutterSeconds(), readoutSeconds);
    }

    /// The same scene with its light gone between two moments.
    public Scene withDarkness(double fromSeconds, double untilSeconds) {
        var other = new Exposure(fromSeconds, untilSeconds, exposure.shutterSeconds(), exposure.readoutSeconds());
        return new Scene(world, trajectory, other, seconds);
    }

    private Scene exposed(double shutterSeconds, double readoutSeconds) {
        var other =
                new Exposure(exposure.darkFromSeconds(), exposure.darkUntilSeconds(), shutterSeconds, readoutSeconds);
        return new Scene(world, trajectory, other, seconds);
    }
}
