package dev.aerie.service.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RetryDelaysTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final RetryDelays retryDelays = new RetryDelays(nanos::get);

    @Test
    void failed_againAndAgain_isLeftAloneForLonger() {
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryDelays.isLeftAlone("a")).isTrue();
        assertThat(retryDelays.isLeftAlone("b")).isFalse();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(retryDelays.isLeftAlone("a")).isFalse();
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofMinutes(5));
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofMinutes(15));
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofHours(1));
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void over_afterFailures_beginsAnew() {
        retryDelays.failed("a");
        retryDelays.failed("a");
        retryDelays.over("a");
        assertThat(retryDelays.count()).isZero();
        assertThat(retryDelays.isLeftAlone("a")).isFalse();
        assertThat(retryDelays.failed("a")).isEqualTo(Duration.ofMinutes(1));
    }
}
