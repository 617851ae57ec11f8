package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.truth.ImuSampler;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// A simulated flight as a SLAM in a world of its own sees it, and as its inertial sensor feels it.
public final class Flown {

    static final long BEGIN_NANOS = 1_763_712_000_000_000_000L;
    /// The map's world: turned, moved, and a unit of it is 2.7 m.
    public static final Sim3 MAP_FROM_WORLD =
            new Sim3(Rotation.exp(new Vector3(0.7, -2, 1.1)), new Vector3(3, 4, 5), 1 / 2.7);

    private static final double MAP_UNIT_METRES = 2.7;
    /// Building a scene takes a second.
    private static final Map<Scenario, FlightPath> FLIGHTS = new ConcurrentHashMap<>();

    private final FlightPath trajectory;
    private final ImuSampler imu;
    private final SplittableRandom random;
    private final double placeSigmaMetres;

    /// - `placeSigmaMetres`: how far each pose is off, independent of all others; its attitude by a tenth of that
    ///   in rad
    public Flown(Scenario scenario, ImuNoise noise, double placeSigmaMetres, long seed) {
        this.trajectory =
                FLIGHTS.computeIfAbsent(scenario, wanted -> wanted.scene(7).trajectory());
        this.imu = new ImuSampler(trajectory, noise, seed);
        this.random = new SplittableRandom(seed);
        this.placeSigmaMetres = placeSigmaMetres;
    }

    /// Of its camera, whose lens nobody asks for.
    ///
    /// - `readoutSeconds`: of a rolling shutter
    public static CameraCalibration calibration(double readoutSeconds) {
        return new CameraCalibration(
                PinholeCamera.ofFieldOfView(640, 480, 70),
                CameraCalibration.LOOKING_FORWARD,
                readoutSeconds,
                "the simulator",
                false);
    }

    public static long nanos(double seconds) {
        return BEGIN_NANOS + Math.round(seconds * 1e9);
    }

    /// The reading number `index`, 200 a second.
    public ImuReading reading(long index) {
        var reading = imu.sample(index);
        return new ImuReading(nanos(reading.seconds()), reading.angularVelocity(), reading.specificForce());
    }

    public FramePose pose(double seconds) {
        var truth = truth(seconds);
        var position = MAP_FROM_WORLD.apply(truth.translation()).plus(noise(placeSigmaMetres / MAP_UNIT_METRES));
        var attitude =
                MAP_FROM_WORLD.rotation().times(truth.rotation()).times(Rotation.exp(noise(placeSigmaMetres / 10)));
        return new FramePose(Math.round(seconds * 10), nanos(seconds), 0, new RigidTransform(attitude, position));
    }

    /// World from camera, metres, Z up.
    public RigidTransform truth(double seconds) {
        return trajectory.worldFromCamera(seconds);
    }

    private Vector3 noise(double sigma) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(sigma);
    }
}
