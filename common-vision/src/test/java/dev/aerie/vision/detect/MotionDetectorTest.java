package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.SyntheticWorld;
import dev.aerie.vision.TestFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Frames of a synthetic world, so that the truth is known.
final class MotionDetectorTest {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;

    private final SyntheticWorld world = new SyntheticWorld(3, WIDTH, HEIGHT);
    private final MotionDetector detector = new MotionDetector(20);

    @AfterEach
    void close() {
        detector.close();
        world.close();
    }

    @Test
    void detect_stillWorldAndCamera_findsNothing() {
        for (int i = 0; i < 12; i++) {
            assertThat(detector.detect(at(i, 700, 500, List.of())).detections()).isEmpty();
        }
    }

    @Test
    void detect_cameraPansTurnsAndClimbs_findsNothingAndKnowsTheMotion() {
        for (int i = 0; i < 25; i++) {
            var frame = world.see(i, 700 + 9.3 * i, 500 - 4.1 * i, 0.4 * i, 1 + 0.004 * i, List.of());
            var detectionResult = detector.detect(frame);
            assertThat(detectionResult.detections()).as("frame %d", i).isEmpty();
            assertThat(detectionResult.cameraMotion().isPresent())
                    .as("frame %d", i)
                    .isEqualTo(i > 0);
        }
    }

    @Test
    void detect_cameraPans_measuresByHowMuch() {
        detector.detect(at(0, 700, 500, List.of()));
        var motion = detector.detect(at(1, 712, 494, List.of())).cameraMotion().orElseThrow();
        assertThat(motion.mapX(640, 360) - 640).isCloseTo(-12, within(0.3));
        assertThat(motion.mapY(640, 360) - 360).isCloseTo(6, within(0.3));
    }

    @Test
    void detect_thingMovesBeforeStillCamera_isFoundWhereItIs() {
        assertThat(hits(0, 0)).isGreaterThanOrEqualTo(18);
    }

    @Test
    void detect_thingMovesBeforeMovingCamera_isFoundWhereItIs() {
        assertThat(hits(8.7, -3.3)).isGreaterThanOrEqualTo(18);
    }

    @Test
    void detect_lowThingDraggedBesideATallOne_boxIsOfTheTallOneAlone() {
        for (int i = 0; i < 24; i++) {
            double left = 300 + 16 * i;
            var tall = new Box(left, 300, 60, 120);
            var low = new Box(left + 60, 402, 70, 18);
            var found = detector.detect(at(i, 700, 500, List.of(tall, low))).detections();
            if (i >= 16) {
                assertThat(found)
                        .as("frame %d", i)
                        .anySatisfy(
                                one -> assertThat(one.box().overlapWith(tall)).isGreaterThan(0.65));
            }
        }
    }

    @Test
    void detect_neighboursSideBySide_areTwo() {
        for (int i = 0; i < 24; i++) {
            var one = new Box(200 + 16 * i, 300, 60, 120);
            var other = new Box(282 + 16 * i, 300, 60, 120);
            var found = detector.detect(at(i, 700, 500, List.of(one, other))).detections();
            if (i >= 16) {
                assertThat(found)
                        .as("frame %d", i)
                        .anySatisfy(
                                box -> assertThat(box.box().overlapWith(one)).isGreaterThan(0.6));
                assertThat(found)
                        .as("frame %d", i)
                        .anySatisfy(
                                box -> assertThat(box.box().overlapWith(other)).isGreaterThan(0.6));
            }
        }
    }

    @Test
    void detect_cut_findsNothingUntilTheNewSceneIsLearned() {
        for (int i = 0; i < 8; i++) {
            detector.detect(at(i, 300, 300, List.of()));
        }
        for (int i = 8; i < 16; i++) {
            assertThat(detector.detect(at(i, 2000, 1200, List.of())).detections())
                    .isEmpty();
        }
    }

    @Test
    void detect_anotherSizeOrSession_startsAfresh() {
        for (int i = 0; i < 6; i++) {
            detector.detect(at(i, 700, 500, List.of()));
        }
        assertThat(detector.detect(TestFrame.black("s", 6, 640, 360)).cameraMotion())
                .isEmpty();
        assertThat(detector.detect(TestFrame.black("other", 0, 640, 360)).cameraMotion())
                .isEmpty();
    }

    @Test
    void detect_moreThingsThanTheBound_reportsNoMore() {
        try (var bounded = new MotionDetector(3)) {
            int max = 0;
            for (int i = 0; i < 10; i++) {
                var things = new ArrayList<Box>();
                for (int k = 0; k < 6; k++) {
                    things.add(new Box(100 + 180 * k, 100 + 12 * i, 60, 60));
                }
                max = Math.max(
                        max,
                        bounded.detect(at(i, 700, 500, things)).detections().size());
            }
            assertThat(max).isEqualTo(3);
        }
    }

    /// In how many of 20 frames the moving thing is found, after the twelve that it learns the world from; anything
    /// else found fails the test.
    private int hits(double panPixels, double tiltPixels) {
        int hits = 0;
        for (int i = 0; i < 32; i++) {
            var thing = new Box(200 + 10 * i, 300 + 4 * i, 90, 72);
            var detections = detector.detect(at(i, 700 + panPixels * i, 500 + tiltPixels * i, List.of(thing)))
                    .detections();
            if (i >= 12) {
                assertThat(detections)
                        .as("frame %d", i)
                        .allSatisfy(
                                one -> assertThat(one.box().overlapWith(thing)).isGreaterThan(0));
                hits += detections.stream().anyMatch(one -> one.box().overlapWith(thing) > 0.5 && one.score() > 0.6)
                        ? 1
                        : 0;
            }
        }
        return hits;
    }

    private HeapFrame at(int frameNumber, double x, double y, List<Box> things) {
        return world.see(frameNumber, x, y, 0, 1, things);
    }
}
