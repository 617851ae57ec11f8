package dev.aerie.simulator.truth;

/// The noise of an inertial sensor: standard deviations of each sample, and of the bias drawn once per flight.
///
/// - gyroscope in rad/s, accelerometer in m/s²
public record ImuNoise(double gyroSample, double gyroBias, double accelerometerSample, double accelerometerBias) {

    public static final ImuNoise NONE = new ImuNoise(0, 0, 0, 0);

    /// Typical of a drone's MEMS sensor at 200 Hz.
    public static final ImuNoise MEMS = new ImuNoise(2e-3, 1e-3, 2e-2, 2e-2);
}
