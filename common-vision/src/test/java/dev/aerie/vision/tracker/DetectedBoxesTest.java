package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import org.junit.jupiter.api.Test;

final class DetectedBoxesTest {

    private static final long FRAME_NANOS = 33_333_333;

    private final DetectedBoxes boxes = new DetectedBoxes(15);

    private static FrameTime frame(long number) {
        return new FrameTime(number, number * FRAME_NANOS);
    }

    /// Moves 4 pixels a frame.
    private static Box at(long number) {
        return new Box(20.0 + 4 * number, 50, 30, 60);
    }

    @Test
    void predicted_framesBetweenDetections_goesOnAsTheObjectMoves() {
        assertThat(boxes.predicted(frame(0))).as("before any detection").isEmpty();
        for (long number = 0; number <= 30; number += 3) {
            boxes.add(at(number), frame(number));
        }

        for (long number = 31; number <= 33; number++) {
            Box predicted = boxes.predicted(frame(number)).orElseThrow();
            assertThat(predicted.leftPixels()).isCloseTo(at(number).leftPixels(), within(1.5));
            assertThat(predicted.overlapWith(at(number))).isGreaterThan(0.9);
        }
        assertThat(boxes.predicted(frame(33))).as("asked twice").isEqualTo(boxes.predicted(frame(33)));
    }

    @Test
    void predicted_longAfterTheLastDetection_isEmptyUntilTheNext() {
        boxes.add(at(0), frame(0));
        boxes.add(at(3), frame(3));

        assertThat(boxes.predicted(frame(18))).isPresent();
        assertThat(boxes.predicted(frame(19))).isEmpty();

        var elsewhere = new Box(300, 10, 40, 40);
        boxes.add(elsewhere, frame(40));
        assertThat(boxes.predicted(frame(41)).orElseThrow().overlapWith(elsewhere))
                .as("what it did before is forgotten")
                .isGreaterThan(0.95);
    }

    @Test
    void predicted_switchedOff_isEmpty() {
        var off = new DetectedBoxes(0);
        off.add(at(0), frame(0));

        assertThat(off.predicted(frame(0))).isEmpty();
    }
}
