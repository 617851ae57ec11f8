package dev.aerie.simulator.ptz;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.simulator.drone.DroneClient;
import dev.aerie.simulator.drone.DroneConfig;
import dev.aerie.simulator.drone.VideoFailedException;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.world.Scene;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One PTZ camera: its motors, its frames, and the connection that sends them. Owns its video until [#close].
public final class PtzCameraRun implements AutoCloseable {

    /// Straight ahead, down to the middle of the street.
    private static final PtzPosition START = new PtzPosition(0, -12, 1);

    /// The camera's preset where it stood at first.
    public static final PtzPreset HOME = new PtzPreset("1", "home");

    private final SiteCamera camera;
    private final CountedDevice device;
    private final PtzVideo video;
    private final DroneClient client;

    /// - `start`: when the scene began
    /// - `truth`: receives the ground truth of each sent frame, on the thread of [#run]
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    public PtzCameraRun(
            SiteCamera camera,
            Personality personality,
            Scene scene,
            EncoderSettings settings,
            DroneConfig config,
            InstantSource clock,
            Instant start,
            long seed,
            Optional<Consumer<PtzTruth>> truth)
            throws IOException {
        this.camera = camera;
        var motors = new SimulatedDevice(personality, START, clock, new SplittableRandom(seed));
        this.device = new CountedDevice(motors);
        device.savePreset(HOME);
        this.video = new PtzVideo(settings, scene, camera, motors, clock, start);
        this.client = new DroneClient(
                config, video, clock, truth.map(log -> (FrameTruth frame) -> log.accept(truthOf(frame))));
    }

    /// For a protocol server.
    public PtzDevice device() {
        return device;
    }

    /// Sends frames until [#stop], on the caller's thread.
    public void run() throws VideoFailedException {
        client.run();
    }

    public void stop() {
        client.stop();
    }

    /// Frames sent so far.
    public long frames() {
        return client.statistics().framesSent();
    }

    private PtzTruth truthOf(FrameTruth frame) {
        var position = video.position();
        return new PtzTruth(
                camera.name(), position.panDegrees(), position.tiltDegrees(), position.zoom(), device.moves(), frame);
    }

    @Override
    public void close() {
        video.close();
    }
}
