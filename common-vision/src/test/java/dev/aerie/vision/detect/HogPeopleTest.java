package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.TestFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HogPeopleTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);

    @Test
    void detect_boxesOfTheSimulatorsBodies_arePeopleWherePeopleAre() {
        var scene = Scenario.PATROL.scene(5);
        var renderer = new Renderer(CameraIntrinsics.of(SIZE));
        long people = 0;
        long found = 0;
        long others = 0;
        long wrong = 0;
        try (var detector = new HogPeople()) {
            for (int second = 0; second < 16; second++) {
                renderer.render(scene, second);
                for (VisibleBody body : VisibleBody.in(renderer, scene, second)) {
                    if (!body.isToBeFound(SIZE)) {
                        continue;
                    }
                    boolean isFound = !detector.detect(frame(renderer, second), List.of(body.box()))
                            .isEmpty();
                    boolean isPerson = body.label().equals(HogPeople.LABEL);
                    people += isPerson ? 1 : 0;
                    found += isPerson && isFound ? 1 : 0;
                    others += isPerson ? 0 : 1;
                    wrong += !isPerson && isFound ? 1 : 0;
                }
            }
        }
        assertThat(people).isGreaterThan(10);
        assertThat(others).isGreaterThan(10);
        assertThat((double) found / people).isGreaterThan(0.6);
        assertThat((double) wrong / others).isLessThan(0.05);
    }

    @Test
    void detect_photographOfATennisPlayer_isAPersonOnlyInTheRightBox() throws Exception {
        var photograph = TestFrame.read(SharedData.require("data/coco/000000000885.jpg"), 0);
        var player = new Box(276, 85, 140, 312);
        try (var detector = new HogPeople()) {
            assertThat(detector.detect(photograph, List.of(player)))
                    .singleElement()
                    .satisfies(person -> {
                        assertThat(person.label()).isEqualTo("person");
                        assertThat(person.box()).isEqualTo(player);
                        assertThat(person.score()).isBetween(0.5, 1.0);
                    });
            assertThat(detector.detect(photograph, List.of(new Box(20, 85, 140, 312))))
                    .isEmpty();
        }
    }

    @Test
    void detect_boxesThatNoPersonFills_areNone() {
        var frame = TestFrame.black("s", 0, 320, 240);
        try (var detector = new HogPeople()) {
            assertThat(detector.detect(
                            frame,
                            List.of(
                                    new Box(100, 100, 40, 80),
                                    new Box(-50, -90, 40, 80),
                                    new Box(300, 230, 40, 80),
                                    new Box(100, 100, 4, 8),
                                    new Box(100, 100, 80, 40))))
                    .isEmpty();
        }
    }

    private static VideoFrame frame(Renderer renderer, int second) {
        var bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
        renderer.frame().copyTo(bgr, SIZE.widthPixels() * 3);
        var stamp = new FrameStamp(new FrameId("simulator", "s", second), second * 1_000_000_000L, CaptureClock.SENDER);
        return HeapFrame.of(stamp, SIZE, bgr);
    }
}
