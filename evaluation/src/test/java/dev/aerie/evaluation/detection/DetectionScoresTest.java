package dev.aerie.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionScoresTest {

    private static final Box HERE = new Box(100, 100, 40, 80);
    private static final Box THERE = new Box(400, 100, 100, 50);

    private static TrueObject wanted(String label, Box box) {
        return new TrueObject(label, box, true);
    }

    private static Detection found(String label, Box box) {
        return new Detection(box, label, 0.9);
    }

    private static Box right(Box box, double pixels) {
        return new Box(box.leftPixels() + pixels, box.topPixels(), box.widthPixels(), box.heightPixels());
    }

    @Test
    void of_overlapOfExactlyHalf_isRight() {
        var halfAsHigh = new Box(100, 100, 40, 40);

        assertThat(DetectionScores.of(List.of(wanted("person", HERE)), List.of(found("person", halfAsHigh))))
                .isEqualTo(new DetectionScores(1, 0, 0, 1, 1));
    }

    @Test
    void of_overlapOfLessThanHalf_isWrongAndMissed() {
        assertThat(DetectionScores.of(List.of(wanted("person", HERE)), List.of(found("person", right(HERE, 14)))))
                .isEqualTo(new DetectionScores(0, 1, 1, 0, 0));
    }

    @Test
    void of_secondBoxOnTheSameObject_isWrong() {
        var scores = DetectionScores.of(
                List.of(wanted("person", HERE)), List.of(found("person", HERE), found("person", right(HERE, 2))));

        assertThat(scores).isEqualTo(new DetectionScores(1, 1, 0, 1, 1));
    }

    @Test
    void of_detectionThatFitsTwo_isGivenSoThatMostAreFound() {
        var scores = DetectionScores.of(
                List.of(wanted("person", HERE), wanted("person", right(HERE, 10))),
                List.of(found("person", right(HERE, 4)), found("person", right(HERE, -6))));

        assertThat(scores.right()).isEqualTo(2);
    }

    @Test
    void of_objectThatNeedNotBeFound_isNeitherMissedNorWronglyFound() {
        var small = new TrueObject("car", THERE, false);

        assertThat(DetectionScores.of(List.of(small), List.of())).isEqualTo(DetectionScores.NONE);
        assertThat(DetectionScores.of(List.of(small), List.of(found("car", right(THERE, 20)))))
                .isEqualTo(DetectionScores.NONE);
        assertThat(DetectionScores.of(List.of(small), List.of(found("car", right(THERE, 90)))))
                .isEqualTo(new DetectionScores(0, 1, 0, 0, 0));
    }

    @Test
    void of_wrongLabel_isARightBoxWithAWrongName() {
        var scores = DetectionScores.of(List.of(wanted("person", HERE)), List.of(found("giraffe", HERE)));

        assertThat(scores.precision()).hasValue(1);
        assertThat(scores.labelPrecision()).hasValue(0);
    }

    @Test
    void of_detectorWithoutClasses_namesNothing() {
        var scores = DetectionScores.of(List.of(wanted("person", HERE)), List.of(found("moving", HERE)));

        assertThat(scores).isEqualTo(new DetectionScores(1, 0, 0, 0, 0));
        assertThat(scores.labelPrecision()).isEmpty();
    }

    @Test
    void plus_twoFrames_weighsEachBoxAlike() {
        var scores = new DetectionScores(3, 1, 0, 3, 3).plus(new DetectionScores(0, 0, 3, 0, 0));

        assertThat(scores.precision()).hasValue(0.75);
        assertThat(scores.recall()).hasValue(0.5);
        assertThat(DetectionScores.NONE.precision()).isEmpty();
    }
}
