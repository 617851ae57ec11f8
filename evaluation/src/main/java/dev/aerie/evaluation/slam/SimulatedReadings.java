package dev.aerie.evaluation.slam;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.ImuReading;

/// What a MEMS sensor on a simulated flight reads, 200 times a second, handed over as the frames come.
public final class SimulatedReadings {

    private final ImuBuffer buffer = new ImuBuffer();
    private final ImuSampler sampler;
    private long samples;

    private final long aheadNanos;
    private final double toldReadoutSeconds;
    private final boolean isThere;

    /// - `flight`: over the camera's town
    /// - `seed`: of noise and biases
    /// - `isThere`: false for a camera without a sensor
    public SimulatedReadings(SimulatedSequence sequence, FlightPath flight, long seed, boolean isThere) {
        this.isThere = isThere;
        aheadNanos = Math.round(sequence.clockAheadSeconds() * SequenceRun.NANOS);
        toldReadoutSeconds = sequence.toldReadoutSeconds();
        sampler = new ImuSampler(flight, ImuNoise.MEMS, seed);
    }

    /// The camera beside the sensor.
    CameraCalibration calibration(CameraModel camera) {
        return new CameraCalibration(
                camera, CameraCalibration.LOOKING_FORWARD, toldReadoutSeconds, "the simulator", false);
    }

    /// Hands over everything up to just after the last row of a frame.
    ///
    /// - `seconds`: of the flight, when the frame's middle row was taken
    void advanceTo(double seconds) {
        double until = seconds + toldReadoutSeconds / 2;
        for (; (samples - 1.0) / ImuSampler.SAMPLES_PER_SECOND <= until && isThere; samples++) {
            var reading = sampler.sample(samples);
            buffer.add(new ImuReading(
                    Math.round(reading.seconds() * SequenceRun.NANOS) + aheadNanos,
                    reading.angularVelocity(),
                    reading.specificForce()));
        }
    }

    ImuBuffer buffer() {
        return buffer;
    }
}
