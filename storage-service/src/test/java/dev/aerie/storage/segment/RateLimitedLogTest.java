package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimitedLogTest {

    private static final String FAULT = "disk fault";

    @Test
    void fault_againWithinThePeriod_isCountedAndNotWritten() {
        var log = new RateLimitedLog(Duration.ofHours(1));

        assertThat(log.fault(FAULT, "drone", "full")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(log.fault(FAULT, "drone", "full")).isFalse();
        }
        assertThat(log.fault(FAULT, "other", "full")).isTrue();
    }

    @Test
    void fault_afterThePeriod_isWrittenAgain() {
        var log = new RateLimitedLog(Duration.ZERO);

        assertThat(log.fault(FAULT, "drone", "full")).isTrue();
        assertThat(log.fault(FAULT, "drone", "full")).isTrue();
    }

    @Test
    void fault_afterItWasOver_isWrittenAtOnce() {
        var log = new RateLimitedLog(Duration.ofHours(1));
        boolean _ = log.fault(FAULT, "drone", "full");

        log.over(FAULT, "drone");

        assertThat(log.fault(FAULT, "drone", "full")).isTrue();
    }
}
