package dev.aerie.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SetbacksTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final Setbacks setbacks = new Setbacks(nanos::get);

    @Test
    void failed_againAndAgain_isLeftAloneForLonger() {
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofMinutes(1));
        assertThat(setbacks.isLeftAlone("a")).isTrue();
        assertThat(setbacks.isLeftAlone("b")).isFalse();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(setbacks.isLeftAlone("a")).isFalse();
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofMinutes(5));
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofMinutes(15));
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofHours(1));
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void over_afterFailures_beginsAnew() {
        setbacks.failed("a");
        setbacks.failed("a");
        setbacks.over("a");
        assertThat(setbacks.count()).isZero();
        assertThat(setbacks.isLeftAlone("a")).isFalse();
        assertThat(setbacks.failed("a")).isEqualTo(Duration.ofMinutes(1));
    }
}
