package dev.aerie.slam.pipeline;

import dev.aerie.messages.Producer;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.camera.CalibrationSource;
import dev.aerie.slam.dense.SweepBackEnd;
import dev.aerie.slam.imu.Flown;
import dev.aerie.slam.imu.ImuReading;
import dev.aerie.slam.mono.MonocularSlam;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Frames and inertial readings of a simulated flight for everything of the service but the network.
final class SimulatedFlight {

    static final FrameSize SIZE = new FrameSize(480, 270);

    private static final long SEED = 7;

    private final Scene scene;
    private final Flown flown;
    private final double framesPerSecond;
    private long samples;

    SimulatedFlight(Scenario scenario, double framesPerSecond) {
        this.scene = scenario.scene(SEED);
        this.flown = new Flown(scenario, ImuNoise.MEMS, 0, 17);
        this.framesPerSecond = framesPerSecond;
    }

    /// The frame at `moment` frames from the start of the flight, sent as number `frame`.
    HeapFrame frame(long frame, double moment, FrameSize size) {
        var renderer = new Renderer(CameraIntrinsics.of(size));
        renderer.render(scene, moment / framesPerSecond);
        var pixels = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        renderer.frame().copyTo(pixels, size.widthPixels() * 3);
        return PlainFrame.of(frame, Flown.nanos(frame / framesPerSecond), size, pixels);
    }

    /// Hands over what the inertial sensor reads until the frame after `frame`.
    void addReadings(SessionSlam slam, long frame) {
        addReadings(slam, frame, 0);
    }

    /// - `aheadNanos`: how much the sensor's clock is ahead
    void addReadings(SessionSlam slam, long frame, long aheadNanos) {
        for (; samples <= Math.ceil((frame + 1) * 200 / framesPerSecond); samples++) {
            var reading = flown.reading(samples);
            slam.inertial()
                    .add(new ImuReading(
                            reading.timeNanos() + aheadNanos, reading.angularVelocity(), reading.specificForce()));
        }
    }

    /// Leaves out what the sensor read until the frame after `frame`.
    void skipReadings(long frame) {
        samples = (long) Math.ceil((frame + 1) * 200 / framesPerSecond) + 1;
    }

    Trajectory truth(int frames) {
        return new Trajectory(IntStream.range(0, frames)
                .mapToObj(frame ->
                        new TimedPose(Flown.nanos(frame / framesPerSecond) / 1e9, flown.truth(frame / framesPerSecond)))
                .toList());
    }

    /// The whole service behind the network, with the simulator's lens as its calibration.
    static SlamContext pipeline(Path folder, KeyframeWriter keyframes) throws IOException {
        return pipeline(folder, keyframes, 1);
    }

    /// - `focalFactor`: how many times longer than it is the calibration says that the lens is
    static SlamContext pipeline(Path folder, KeyframeWriter keyframes, double focalFactor) throws IOException {
        var camera = CameraIntrinsics.of(SIZE);
        Path config = Files.writeString(
                folder.resolve("camera.yaml"),
                "width: %d\nheight: %d\nfx: %s\nfy: %s\ncx: %s\ncy: %s\n"
                        .formatted(
                                SIZE.widthPixels(),
                                SIZE.heightPixels(),
                                focalFactor * camera.focalXPixels(),
                                focalFactor * camera.focalYPixels(),
                                camera.centreXPixels(),
                                camera.centreYPixels()));
        return new SlamContext(
                new StreamInput<>(
                        stream -> RtspConfig.of(stream, "rtsp://127.0.0.1:1/" + stream),
                        _ -> () -> {
                            throw new IOException("not opened here");
                        },
                        new Random(1)),
                new CalibrationSource(Optional.of(config), 70),
                MonocularSlam::deterministic,
                Optional.of(_ -> new SweepBackEnd()),
                Set.of("person", "car", "truck"),
                1,
                240,
                _ -> {},
                keyframes,
                folder,
                folder,
                Producer.of("slam-service", "test"),
                InstantSource.fixed(Instant.EPOCH));
    }
}
