package dev.aerie.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static Backoff doubling(Random random) {
        return Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    }

    @Test
    void next_steps_areTakenInOrderAndTheLastRepeated() {
        var backoff = new Backoff(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));

        assertThat(List.of(backoff.next(), backoff.next(), backoff.next()))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(backoff.failures()).isEqualTo(3);
    }

    @Test
    void next_failureAfterFailure_doublesWithinOneAndThirtySeconds() {
        for (int seed = 0; seed < 200; seed++) {
            var backoff = doubling(new Random(seed));
            int[] min = {1, 2, 4, 8, 15, 15, 15};
            for (int seconds : min) {
                assertThat(backoff.next()).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(2L * seconds));
            }
        }
    }

    @Test
    void next_afterReset_isShortAgain() {
        var backoff = doubling(new Random(1));
        for (int i = 0; i < 100; i++) {
            backoff.next();
        }
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void next_manyConsumers_areSpread() {
        var waits = new HashSet<Long>();
        for (int seed = 0; seed < 100; seed++) {
            waits.add(doubling(new Random(seed)).next().toMillis() / 50);
        }

        assertThat(waits).hasSizeGreaterThan(10);
    }
}
