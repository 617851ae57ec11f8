package dev.aerie.slam.movable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MovableMasksTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final long FRAME_NANOS = 100_000_000;

    private final MovableMasks masks = new MovableMasks(Set.of("person", "moving"));

    private static FrameResult result(long frame, TrackedObject... objects) {
        return new FrameResult(
                Envelope.ofFrame(
                        new FrameId("drone", "session", frame),
                        frame * FRAME_NANOS,
                        CaptureClock.SENDER,
                        Instant.EPOCH,
                        Producer.of("frame-processor", "test")),
                WIDTH,
                HEIGHT,
                "bytetrack",
                new Timing(1, 1, 1, 3),
                List.of(objects));
    }

    /// 40 × 80 pixels.
    private static TrackedObject object(long id, String label, double left) {
        return TrackedObject.ofBox(id, label, 0.9, new Box(left, 100, 40, 80), TrackState.CONFIRMED, 3);
    }

    private boolean isCovered(long frame, double x, double y) {
        return masks.maskOf(frame, frame * FRAME_NANOS).orElseThrow().covers(x / WIDTH, y / HEIGHT);
    }

    @Test
    void maskOf_frameOfTheResult_coversThePerson() {
        masks.add(result(5, object(1, "person", 200)));

        assertThat(isCovered(5, 220, 140)).isTrue();
        assertThat(isCovered(5, 220, 195)).isFalse();
        assertThat(isCovered(5, 260, 140)).isFalse();
        assertThat(masks.maskOf(4, 4 * FRAME_NANOS))
                .as("a frame before the first result")
                .isEmpty();
    }

    @Test
    void maskOf_laterFrame_coversWhereThePersonHasGone() {
        masks.add(result(5, object(1, "person", 200)));
        masks.add(result(6, object(1, "person", 230)));

        assertThat(isCovered(8, 310, 140)).as("60 pixels on").isTrue();
        assertThat(isCovered(8, 235, 140)).as("left behind").isFalse();
        assertThat(isCovered(8, 380, 140)).as("ahead").isFalse();
    }

    @Test
    void maskOf_frameAfterTheFirstResult_isGrownOnAllSides() {
        masks.add(result(5, object(1, "person", 200)));

        assertThat(isCovered(7, 180, 140)).isTrue();
        assertThat(isCovered(7, 260, 140)).isTrue();
        assertThat(isCovered(7, 320, 140)).isFalse();
    }

    @Test
    void maskOf_frameLongAfterTheLastResult_isEmpty() {
        masks.add(result(5, object(1, "person", 200)));

        assertThat(masks.maskOf(15, 15 * FRAME_NANOS)).isPresent();
        assertThat(masks.maskOf(16, 16 * FRAME_NANOS)).isEmpty();
    }

    @Test
    void maskOf_thingsThatStayWhereTheyAre_coverNothing() {
        var lost = TrackedObject.ofBox(2, "person", 0.9, new Box(10, 10, 40, 80), TrackState.LOST, 3);
        masks.add(result(5, object(1, "bench", 200), lost));

        assertThat(masks.maskOf(5, 5 * FRAME_NANOS).orElseThrow().fraction()).isZero();
    }

    @Test
    void maskOf_labelOfSeveralWords_isKnownByOneOfThem() {
        masks.add(result(5, object(1, "Person, red coat", 200)));

        assertThat(isCovered(5, 220, 140)).isTrue();
    }

    @Test
    void maskOf_thingFoundByMotion_isCoveredWhateverItsName() {
        var box = new Box(200, 100, 40, 80);
        var ball = new TrackedObject(
                1, "sports ball", 0.9, box, TrackState.CONFIRMED, 3, TrackedObject.FOUND_BY_MOTION, 3200, null, null);
        masks.add(result(5, ball));
        var others = new MovableMasks(Set.of("person"));
        others.add(result(5, ball));

        assertThat(isCovered(5, 220, 140)).isTrue();
        assertThat(others.maskOf(5, 5 * FRAME_NANOS).orElseThrow().fraction())
                .as("where what moves is not to be covered")
                .isZero();
    }

    @Test
    void maskOf_objectWithMask_coversTheMaskNotTheBox() {
        var mask = Mask.encode(HEIGHT, WIDTH, (x, y) -> x >= 200 && x < 212 && y >= 100 && y < 180);
        var box = new Box(200, 100, 200, 80);
        masks.add(result(5, new TrackedObject(1, "person", 0.9, box, TrackState.CONFIRMED, 3, null, 960, mask, null)));

        assertThat(isCovered(5, 206, 140)).isTrue();
        assertThat(isCovered(5, 300, 140)).isFalse();
        assertThat(masks.maskOf(5, 5 * FRAME_NANOS).orElseThrow().fraction())
                .isCloseTo(20.0 * 88 / (WIDTH * HEIGHT), within(0.002));
    }

    @Test
    void takeNew_manyResults_givesTheNewestOnceAndForgetsTheRest() {
        for (int i = 0; i < 100; i++) {
            masks.add(result(i, object(1, "person", 200)));
        }

        assertThat(masks.takeNew())
                .extracting(FrameMask::frameNumber)
                .hasSizeLessThan(50)
                .endsWith(98L, 99L);
        assertThat(masks.takeNew()).isEmpty();
        assertThat(masks.maskOf(50, 50 * FRAME_NANOS)).as("forgotten").isEmpty();
    }

    @Test
    void add_noLabels_makesNoMasks() {
        var none = new MovableMasks(Set.of());
        none.add(result(5, object(1, "person", 200)));

        assertThat(none.maskOf(5, 5 * FRAME_NANOS)).isEmpty();
        assertThat(none.takeNew()).isEmpty();
    }
}
