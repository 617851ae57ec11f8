package dev.aerie.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NearestNeighboursTest {

    private static final int NUMBERS = Descriptors.LENGTH - 1;
    private static final float FARTHEST = 3;

    private final SplittableRandom random = new SplittableRandom(5);

    /// Twice as many queries as are multiplied at once, and some.
    @Test
    void distances_randomRows_areThoseOfTheNearest() {
        Descriptors set = rows(90);
        Descriptors queries = rows(150);
        try (var nearestNeighbours = new NearestNeighbours(set)) {
            float[] distances = nearestNeighbours.distances(queries, FARTHEST);

            for (int query = 0; query < queries.count(); query++) {
                assertThat((double) distances[query]).isCloseTo(nearest(queries, query, set), within(1e-3));
            }
        }
    }

    @Test
    void distances_toItself_areNone() {
        Descriptors set = rows(40);
        try (var nearestNeighbours = new NearestNeighbours(set)) {
            for (float distance : nearestNeighbours.distances(set, FARTHEST)) {
                assertThat(distance).isLessThan(3e-3f);
            }
        }
    }

    @Test
    void distances_emptySet_areTheFarthest() {
        try (var nearestNeighbours = new NearestNeighbours(rows(0))) {
            assertThat(nearestNeighbours.distances(rows(3), FARTHEST)).containsExactly(FARTHEST, FARTHEST, FARTHEST);
        }
    }

    private Descriptors rows(int count) {
        var values = new float[count * Descriptors.LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % Descriptors.LENGTH == NUMBERS ? 1 : (float) random.nextDouble(-1, 1);
        }
        return new Descriptors(count, values);
    }

    private static double nearest(Descriptors queries, int query, Descriptors set) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int row = 0; row < set.count(); row++) {
            double square = 0;
            for (int i = 0; i < NUMBERS; i++) {
                double apart =
                        queries.values()[query * Descriptors.LENGTH + i] - set.values()[row * Descriptors.LENGTH + i];
                square += apart * apart;
            }
            nearest = Math.min(nearest, Math.sqrt(square));
        }
        return nearest;
    }
}
