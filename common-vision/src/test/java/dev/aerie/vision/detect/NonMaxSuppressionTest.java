package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NonMaxSuppressionTest {

    private final NonMaxSuppression suppression = new NonMaxSuppression(0.45, 2);

    @Test
    void keepBest_sameSpotSameLabel_keepsTheBetter() {
        var better = new Detection(new Box(0, 0, 10, 10), "car", 0.9);
        var weaker = new Detection(new Box(1, 0, 10, 10), "car", 0.8);
        assertThat(suppression.keepBest(List.of(weaker, better))).containsExactly(better);
    }

    @Test
    void keepBest_sameSpotOtherLabel_keepsTheBetter() {
        var car = new Detection(new Box(0, 0, 10, 10), "car", 0.9);
        var truck = new Detection(new Box(1, 0, 10, 10), "truck", 0.8);
        assertThat(suppression.keepBest(List.of(truck, car))).containsExactly(car);
    }

    @Test
    void keepBest_otherLabelOnPartOfIt_keepsBoth() {
        var person = new Detection(new Box(0, 0, 10, 20), "person", 0.9);
        var bicycle = new Detection(new Box(0, 6, 10, 14), "bicycle", 0.8);
        assertThat(suppression.keepBest(List.of(bicycle, person))).containsExactly(person, bicycle);
    }

    @Test
    void keepBest_moreThanTheBound_keepsTheBestOfThem() {
        var a = new Detection(new Box(0, 0, 10, 10), "car", 0.5);
        var b = new Detection(new Box(50, 0, 10, 10), "car", 0.7);
        var c = new Detection(new Box(90, 0, 10, 10), "car", 0.6);
        assertThat(suppression.keepBest(List.of(a, b, c))).containsExactly(b, c);
    }
}
