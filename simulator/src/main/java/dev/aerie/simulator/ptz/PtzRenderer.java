package dev.aerie.simulator.ptz;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.simulated.SimulatedDevice;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Scene;
import dev.aerie.video.FrameSize;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Draws what a PTZ camera sees, as its motors stand and the scene goes on at the moment of the clock. Used by one
/// thread.
public final class PtzRenderer {

    private final FrameSize size;
    private final Scene scene;
    private final SiteCamera camera;
    private final SimulatedDevice device;
    private final InstantSource clock;
    private final Instant start;
    private final Renderer renderer;
    private Instant drawnAt;
    private PtzPosition position;

    /// - `device`: the camera's motors, in the time of `clock`
    /// - `start`: when the scene began, for all its cameras
    public PtzRenderer(
            FrameSize size,
            Scene scene,
            SiteCamera camera,
            SimulatedDevice device,
            InstantSource clock,
            Instant start) {
        this.size = size;
        this.scene = scene;
        this.camera = camera;
        this.device = device;
        this.clock = clock;
        this.start = start;
        this.drawnAt = start;
        this.position = device.truePosition();
        this.renderer = new Renderer(PtzView.of(camera, position, size).camera());
    }

    /// The view now, lent until the next.
    public RgbImage draw() {
        drawnAt = clock.instant();
        position = device.truePosition();
        var view = PtzView.of(camera, position, size);
        renderer.renderFrom(scene, view.worldFromCamera(), view.camera(), seconds());
        return renderer.frame();
    }

    /// Of the scene, at the last frame.
    private double seconds() {
        return Duration.between(start, drawnAt).toNanos() / 1e9;
    }

    /// When the last frame was drawn.
    public Instant drawnAt() {
        return drawnAt;
    }

    /// Where the camera pointed at the last frame.
    public PtzPosition position() {
        return position;
    }

    /// Who is to be seen in the last frame.
    public List<VisibleBody> visibleBodies() {
        return VisibleBody.in(renderer, scene, seconds());
    }
}
