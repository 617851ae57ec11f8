package dev.aerie.ptz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.TargetSelector;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.handoff.HandoffConfig;
import dev.aerie.ptz.identity.EmbedderChoice;
import dev.aerie.ptz.identity.Identities;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.neighbours.SiteHandoffs;
import dev.aerie.ptz.rendered.RenderedCamera;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.tracks.ClickTrackers;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.ptz.tracks.TrackerChoice;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.settings.Device;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody clicks on one who walks by, and nothing detects people: NanoTrack alone finds him in every rendered frame,
/// and the camera turns after him. In real time, at 15 frames a second or as many as this machine draws.
final class ClickedWalkerTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final long FOLLOWED_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / 15;
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final double HELD_SHARE = 0.9;
    private static final double LEAST_TURN_DEGREES = 10;

    /// Frames are given to the pipeline itself.
    private static final StreamInput<VideoFrame> NO_INPUT = new StreamInput<>(
            _ -> {
                throw new UnsupportedOperationException();
            },
            _ -> {
                throw new UnsupportedOperationException();
            },
            new Random(1));

    private static final InferenceDevice CPU = InferenceDevice.of(Device.CPU, 1);

    @TempDir
    private Path folder;

    @Test
    void accept_clickOnAWalker_cameraKeepsHimInTheMiddle() throws Exception {
        var models = new ModelStore(SharedData.require("models/nanotrack"), ModelManifest.load());
        var clock = InstantSource.system();
        try (var camera = new RenderedCamera(Personalities.TYPICAL, new PtzPosition(0, -12, 1), SIZE, clock);
                var steerings = new Steerings(List.of(camera.steering()));
                var calibrations = new Calibrations(steerings, folder, clock);
                var clicks = ClickTrackers.of(models, CPU);
                var detectors = DetectorChoice.of(DetectorChoice.NONE, 640, models, CPU);
                var embedders = EmbedderChoice.of(models, CPU);
                var identities = Identities.open(embedders, folder)) {
            var context = new PtzContext(
                    NO_INPUT,
                    steerings,
                    new SiteHandoffs(new Site(List.of(), 0), HandoffConfig.DEFAULT, identities, steerings),
                    identities,
                    calibrations,
                    detectors,
                    clicks,
                    TrackerChoice.BYTETRACK,
                    10);
            try (var pipeline = CameraPipeline.open(camera.steering(), context)) {
                steerings.start();
                follow(camera, pipeline);
            }
        }
    }

    private static void follow(RenderedCamera camera, CameraPipeline pipeline) {
        HeapFrame first = camera.frame();
        VisibleBody walker = nearest(camera.bodies());
        camera.steering().use(new AimMode.FollowOne(new TargetSelector.AtPoint(middle(walker.box()))), "ana");
        pipeline.accept(first);
        double pan = camera.position().panDegrees();
        long begun = System.nanoTime();
        int frames = 0;
        int held = 0;
        int known = 0;
        for (long due = 0; due < FOLLOWED_NANOS; due = Math.max(due + FRAME_NANOS, System.nanoTime() - begun)) {
            long next = begun + due;
            Eventually.holds("a frame is due", () -> System.nanoTime() - next >= 0);
            pipeline.accept(camera.frame());
            if (due > FIRST_NANOS) {
                frames++;
                held += isHeld(camera.bodies(), walker.id()) ? 1 : 0;
                known += camera.steering().target() instanceof TargetStatus.Followed ? 1 : 0;
            }
        }
        assertThat(frames).isGreaterThan(10);
        assertThat(held).isGreaterThan((int) (HELD_SHARE * frames));
        assertThat(known).isGreaterThan((int) (HELD_SHARE * frames));
        assertThat(Math.abs(camera.position().panDegrees() - pan)).isGreaterThan(LEAST_TURN_DEGREES);
    }

    /// The largest person who is whole.
    private static VisibleBody nearest(List<VisibleBody> bodies) {
        return bodies.stream()
                .filter(body -> body.label().equals("person") && body.visibleShare() > 0.9)
                .max(Comparator.comparingDouble(body -> body.box().areaPixels()))
                .orElseThrow();
    }

    /// Whether the middle of a body is in the middle half of the frame, across and down.
    private static boolean isHeld(List<VisibleBody> bodies, int id) {
        return bodies.stream()
                .filter(body -> body.id() == id)
                .map(body -> middle(body.box()))
                .anyMatch(middle -> Math.abs(middle.x()) <= 0.5 && Math.abs(middle.y()) <= 0.5);
    }

    private static ImagePoint middle(Box box) {
        return new ImagePoint(
                2 * (box.leftPixels() + box.widthPixels() / 2) / SIZE.widthPixels() - 1,
                1 - 2 * (box.topPixels() + box.heightPixels() / 2) / SIZE.heightPixels());
    }
}
