package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTallyTest {

    private final Deque<Map<String, Double>> answers = new ArrayDeque<>();
    private final ServiceTally tally = new ServiceTally(this::answer, "tracked", "untracked");

    @Test
    void total_afterADeath_isTheSumOfBothLives() {
        answers.add(Map.of("tracked", 70.0));
        answers.add(Map.of("tracked", 90.0));
        tally.read();
        tally.newLife();
        assertThat(tally.total("tracked")).isEqualTo(70);

        tally.read();

        assertThat(tally.total("tracked")).isEqualTo(160);
    }

    @Test
    void done_severalMetrics_isTheirSum() {
        answers.add(Map.of("tracked", 2.0, "untracked", 3.0, "other", 5.0));
        tally.read();

        assertThat(tally.done()).isEqualTo(5);
    }

    @Test
    void read_serviceAway_keepsItsCounts() {
        answers.add(Map.of("tracked", 2.0));
        tally.read();

        tally.read();

        assertThat(tally.total("tracked")).isEqualTo(2);
        assertThat(tally.total("never")).isZero();
    }

    private Map<String, Double> answer() throws IOException {
        if (answers.isEmpty()) {
            throw new IOException("away");
        }
        return answers.remove();
    }
}
