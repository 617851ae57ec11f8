package dev.aerie.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// An object of usually 10 pixels, on a strip of 20.
final class HypothesisSelectorTest {

    private static final double DEFAULT_AREA = 10;
    private static final Window STRIP = new Window(0, 0, 20, 1, 20, 1);

    @Test
    void better_afreshFindsWhatWasHidden_isAfresh() {
        var carried = belief(0, 4, 0.9);
        var afresh = belief(0, 10, 0.9);
        assertThat(better(carried, afresh, looks(0, 10))).isSameAs(afresh);
    }

    @Test
    void better_carriedSlidOff_isAfresh() {
        var carried = belief(10, 20, 0.9);
        var afresh = belief(0, 10, 0.9);
        assertThat(better(carried, afresh, looks(0, 10))).isSameAs(afresh);
    }

    @Test
    void better_almostAlike_isCarried() {
        var carried = belief(0, 9, 0.9);
        assertThat(better(carried, belief(0, 10, 0.9), looks(0, 10))).isSameAs(carried);
    }

    @Test
    void better_afreshFarTooLarge_isCarried() {
        var carried = belief(0, 4, 0.9);
        assertThat(better(carried, belief(0, 14, 0.9), looks(0, 14))).isSameAs(carried);
    }

    @Test
    void better_afreshLooksLessLikeIt_isCarried() {
        var carried = belief(0, 4, 0.9);
        assertThat(better(carried, belief(0, 10, 0.7), looks(0, 10))).isSameAs(carried);
    }

    private static MaskProbability better(MaskProbability carried, MaskProbability afresh, Plane looks) {
        return HypothesisSelector.select(carried, afresh, looks, DEFAULT_AREA);
    }

    private static MaskProbability belief(int from, int to, double presence) {
        return new MaskProbability(STRIP, filled(from, to, 1, 0), presence);
    }

    /// Two nats for the object here, two against it elsewhere.
    private static Plane looks(int from, int to) {
        return filled(from, to, 2, -2);
    }

    private static Plane filled(int from, int to, float inside, float outside) {
        var plane = Plane.zero(STRIP.columns(), STRIP.rows());
        Arrays.fill(plane.values(), outside);
        Arrays.fill(plane.values(), from, to, inside);
        return plane;
    }
}
