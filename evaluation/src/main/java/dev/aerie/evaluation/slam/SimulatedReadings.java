package dev.aerie.evaluation.slam;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.ImuReading;

/// What a MEMS sensor on a simulated flight reads, 200 times a second, handed over as the frames come.
public final class SimulatedReadings {

    private final ImuBuffer buffer = new ImuBuffer();
    private final ImuSampler sampler;
    private long samples;

    /// - `seed`: of noise and biases
    public SimulatedReadings(FlightPath flight, long seed) {
        sampler = new ImuSampler(flight, ImuNoise.MEMS, seed);
    }

    /// Hands over everything up to just after a moment of the flight.
    void advanceTo(double seconds) {
        for (; (samples - 1.0) / ImuSampler.SAMPLES_PER_SECOND <= seconds; samples++) {
            var reading = sampler.sample(samples);
            buffer.add(new ImuReading(
                    Math.round(reading.seconds() * SequenceRun.NANOS),
                    reading.angularVelocity(),
                    reading.specificForce()));
        }
    }

    ImuBuffer buffer() {
        return buffer;
    }
}
