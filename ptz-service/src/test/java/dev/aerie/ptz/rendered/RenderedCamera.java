package dev.aerie.ptz.rendered;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.ptz.fleet.CommandRight;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.SteeringConfig;
import dev.aerie.ptz.metrics.CommandMetrics;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import dev.aerie.ptz.simulated.SimulatedCamera;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.simulator.ptz.PtzRenderer;
import dev.aerie.simulator.ptz.PtzScene;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A simulated camera over the rendered plaza, steered by the service's own classes, and the frames that it sees:
/// decoded, without a codec's losses. Its service knows what is on paper. Owns the threads of its commands until
/// [#close].
public final class RenderedCamera implements AutoCloseable {

    public static final String NAME = "gate";

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final long SEED = 7;
    private static final CommandLimits AT_ONCE =
            new CommandLimits(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(30));

    private final FrameSize size;
    private final SimulatedDevice device;
    private final PtzRenderer renderer;
    private final SteeredCamera steered;
    private final Steering steering;
    private final ByteBuffer bgr;
    private long frames;

    /// Begins to command the camera, and waits until it is ready.
    ///
    /// - `clock`: of the scene, the motors and the service's steering
    public RenderedCamera(Personality personality, PtzPosition start, FrameSize size, InstantSource clock) {
        this.size = size;
        this.device = new SimulatedDevice(personality, start, clock, new SplittableRandom(SEED));
        var plaza = PtzScene.plaza(SEED, 1);
        SiteCamera mast = plaza.cameras().getFirst();
        var camera = new SiteCamera(mast.name(), mast.mounting(), personality.lens(), mast.reach());
        this.renderer = new PtzRenderer(size, plaza.scene(), camera, device, clock, clock.instant());
        this.bgr = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        this.steered = new SteeredCamera(
                new EventTeller(NAME, NAME, Producer.of("ptz-service", "test"), clock, _ -> {}),
                new SimulatedCamera(device),
                AT_ONCE,
                Duration.ofSeconds(60),
                CommandRight.ALWAYS,
                () -> true,
                new CommandMetrics(new SimpleMeterRegistry(), NAME));
        var known = new SteeringConfig(
                Personalities.TYPICAL.lens().fieldsOfView(),
                Optional.empty(),
                20,
                AimConfig.DEFAULT,
                FollowConfig.DEFAULT,
                new AimMode.Hold(),
                List.of());
        this.steering = new Steering(steered, known, clock);
        steered.start();
        Eventually.holds(
                "the camera is ready",
                () -> steered.capabilities().isPresent() && steered.status().isReady());
    }

    public Steering steering() {
        return steering;
    }

    /// The next frame, as the camera points now; lent until the next.
    public HeapFrame frame() {
        renderer.draw().copyTo(bgr, size.widthPixels() * 3);
        var at = renderer.drawnAt();
        long captured = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        var stamp = new FrameStamp(new FrameId(NAME, SESSION, frames++), captured, CaptureClock.SENDER);
        return new HeapFrame(stamp, size, bgr, size.widthPixels() * 3, 0, System.nanoTime());
    }

    /// Who is to be seen in the last frame, in truth.
    public List<VisibleBody> bodies() {
        return renderer.visibleBodies();
    }

    /// Where the camera pointed at the last frame, in truth.
    public PtzPosition position() {
        return renderer.position();
    }

    /// Until the camera has what it was commanded so far.
    public void awaitCommands() {
        var _ = steered.ask(PtzCamera::capabilities).join();
    }

    @Override
    public void close() {
        steered.close();
    }
}
