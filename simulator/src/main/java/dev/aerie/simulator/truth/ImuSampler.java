package dev.aerie.simulator.truth;

import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import java.util.SplittableRandom;

/// Simulates an inertial sensor at the camera's position, 200 samples a second, body axes FLU.
///
/// Without noise the samples are the trajectory's derivatives in closed form; with noise they depend on the seed
/// and on the order in which they are taken.
public final class ImuSampler {

    public static final int SAMPLES_PER_SECOND = 200;

    private final FlightPath trajectory;
    private final ImuNoise noise;
    private final SplittableRandom random;
    private final Vector3 gyroBias;
    private final Vector3 accelerometerBias;

    public ImuSampler(FlightPath trajectory, ImuNoise noise, long seed) {
        this.trajectory = trajectory;
        this.noise = noise;
        this.random = new SplittableRandom(seed);
        this.gyroBias = gaussian(noise.gyroBias());
        this.accelerometerBias = gaussian(noise.accelerometerBias());
    }

    /// One reading.
    ///
    /// - `seconds`: of the flight
    /// - `angularVelocity`: rad/s; `specificForce`: m/s², +9.81 along z at rest and level
    public record Reading(double seconds, Vector3 angularVelocity, Vector3 specificForce) {}

    /// The reading number `index`, at `index` / 200 seconds.
    public Reading sample(long index) {
        double seconds = (double) index / SAMPLES_PER_SECOND;
        return new Reading(
                seconds,
                trajectory.angularVelocity(seconds).plus(gyroBias).plus(gaussian(noise.gyroSample())),
                trajectory.specificForce(seconds).plus(accelerometerBias).plus(gaussian(noise.accelerometerSample())));
    }

    private Vector3 gaussian(double deviation) {
        return new Vector3(normal() * deviation, normal() * deviation, normal() * deviation);
    }

    /// Box and Muller 1958, by [StrictMath] so that a seed gives the same values everywhere.
    private double normal() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
