package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.TrackState;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.VisibleObject;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.testing.ScriptedFrame;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.TrackingByDetection;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// The moving-object detector before the simulator's frames, whose truth is known: how many boxes lie on nothing that
/// moves, and how much of what moves is found.
final class MotionInTownTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final int FRAMES_PER_SECOND = 30;
    private static final int FRAMES = 120;
    private static final double LARGE_PIXELS = 16;

    /// How often, over all frames: `moving` things large enough to see, `found` of them, `wrong` boxes.
    private record Tally(long moving, long found, long wrong) {}

    /// Careful rather than complete: in depth it finds an eighth of the views of moving things, no less.
    @Test
    void process_cameraFliesBetweenBuildings_fewStaticObjectsCountAsMoving() throws ModelException {
        var tally = tally(Scenario.TOWN);
        assertThat((double) tally.wrong() / FRAMES).isLessThan(0.35);
        assertThat((double) tally.found() / tally.moving()).isGreaterThan(0.1);
    }

    @Test
    void process_cameraTurnsOnTheSpot_seldomTakesStillThingsForMoving() throws ModelException {
        var tally = tally(Scenario.ROTATION);
        assertThat((double) tally.wrong() / FRAMES).isLessThan(0.15);
        assertThat((double) tally.found() / tally.moving()).isGreaterThan(0.3);
    }

    private static Tally tally(Scenario scenario) throws ModelException {
        var scene = scenario.scene(7);
        var renderer = new Renderer(CameraIntrinsics.of(SIZE));
        long moved = 0;
        long found = 0;
        long wrong = 0;
        try (var detection = new TrackingByDetection(new MotionDetector(30), ByteTrackConfig.INTERMITTENT)) {
            for (int i = 0; i < FRAMES; i++) {
                double seconds = (double) i / FRAMES_PER_SECOND;
                renderer.render(scene, seconds);
                var bodies = scene.world().bodies();
                var moving = VisibleObject.in(
                        renderer.visibility(),
                        bodies.stream().filter(body -> isMoving(body, seconds)).toList());
                var tracks = detection.process(frame(renderer, i)).stream()
                        .map(TrackedObjectState::track)
                        .filter(track -> track.state() == TrackState.CONFIRMED)
                        .toList();
                wrong += tracks.stream()
                        .filter(track -> moving.stream().noneMatch(one -> isOn(track.box(), one.box())))
                        .count();
                var large = moving.stream().filter(MotionInTownTest::isLarge).toList();
                moved += large.size();
                found += large.stream()
                        .filter(one -> tracks.stream().anyMatch(track -> isOn(track.box(), one.box())))
                        .count();
            }
        }
        return new Tally(moved, found, wrong);
    }

    private static boolean isLarge(VisibleObject one) {
        return Math.min(one.box().widthPixels(), one.box().heightPixels()) >= LARGE_PIXELS;
    }

    private static boolean isMoving(Body body, double seconds) {
        var from = body.worldFromBody(seconds).translation();
        return body.worldFromBody(seconds + 0.1).translation().minus(from).length() > 0.02;
    }

    private static boolean isOn(Box box, Box thing) {
        double x = box.leftPixels() + box.widthPixels() / 2 - thing.leftPixels();
        double y = box.topPixels() + box.heightPixels() / 2 - thing.topPixels();
        boolean isCentreInside = x >= 0 && y >= 0 && x <= thing.widthPixels() && y <= thing.heightPixels();
        return isCentreInside || box.overlapWith(thing) > 0.2;
    }

    private static HeapFrame frame(Renderer renderer, int frameNumber) {
        var bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
        renderer.frame().copyTo(bgr, SIZE.widthPixels() * 3);
        long nanos = 1_000_000_000L + frameNumber * 1_000_000_000L / FRAMES_PER_SECOND;
        return ScriptedFrame.decodedNow(
                new FrameStamp(new FrameId("town", "s", frameNumber), nanos, CaptureClock.SENDER), SIZE, bgr);
    }
}
