package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    @Test
    void next_failureAfterFailure_doublesWithinOneAndThirtySeconds() {
        for (int seed = 0; seed < 200; seed++) {
            var backoff = new Backoff(ReconnectPolicy.DEFAULT, new Random(seed));
            int[] min = {1, 2, 4, 8, 15, 15, 15};
            for (int seconds : min) {
                assertThat(backoff.next()).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(2L * seconds));
            }
        }
    }

    @Test
    void next_afterReset_isShortAgain() {
        var backoff = new Backoff(ReconnectPolicy.DEFAULT, new Random(1));
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
            waits.add(new Backoff(ReconnectPolicy.DEFAULT, new Random(seed))
                            .next()
                            .toMillis()
                    / 50);
        }

        assertThat(waits).hasSizeGreaterThan(10);
    }
}
