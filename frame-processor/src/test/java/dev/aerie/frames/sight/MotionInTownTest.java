package dev.aerie.frames.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.testing.ScriptedFrame;
import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.simulator.geometry.CameraModel;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.SeenObject;
import dev.aerie.simulator.world.Body;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.PictureSize;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.mot.TrackState;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.DetectingTracker;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// The moving-object detector before the simulator's pictures, whose truth is known: how many boxes lie on nothing that
/// moves.
final class MotionInTownTest {

    private static final PictureSize SIZE = new PictureSize(640, 360);
    private static final int FRAMES_PER_SECOND = 30;
    private static final int FRAMES = 120;

    @Test
    void process_cameraFliesBetweenBuildings_seldomTakesStillThingsForMoving() throws ModelException {
        assertThat(falseBoxesPerFrame(Scenario.TOWN)).isLessThan(0.35);
    }

    @Test
    void process_cameraTurnsOnTheSpot_seldomTakesStillThingsForMoving() throws ModelException {
        assertThat(falseBoxesPerFrame(Scenario.ROTATION)).isLessThan(0.15);
    }

    private static double falseBoxesPerFrame(Scenario scenario) throws ModelException {
        var scene = scenario.scene(7);
        var renderer = new Renderer(CameraModel.of(SIZE));
        long wrong = 0;
        try (var tracker = new DetectingTracker(new MotionDetector(30), new ByteTrack(ByteTrackConfig.SHY))) {
            for (int i = 0; i < FRAMES; i++) {
                double seconds = (double) i / FRAMES_PER_SECOND;
                renderer.render(scene, seconds);
                var bodies = scene.world().bodies();
                var moving = SeenObject.in(
                        renderer.visibility(),
                        bodies.stream().filter(body -> isMoving(body, seconds)).toList());
                wrong += tracker.process(picture(renderer, i)).stream()
                        .filter(track -> track.state() == TrackState.CONFIRMED)
                        .filter(track -> moving.stream().noneMatch(one -> isOn(track.box(), one.box())))
                        .count();
            }
        }
        return (double) wrong / FRAMES;
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

    private static ScriptedFrame picture(Renderer renderer, int frameNumber) {
        var bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
        renderer.picture().copyTo(bgr, SIZE.widthPixels() * 3);
        long nanos = 1_000_000_000L + frameNumber * 1_000_000_000L / FRAMES_PER_SECOND;
        return new ScriptedFrame(
                new FrameStamp(new FrameId("town", "s", frameNumber), nanos, CaptureClock.SENDER), SIZE, bgr);
    }
}
