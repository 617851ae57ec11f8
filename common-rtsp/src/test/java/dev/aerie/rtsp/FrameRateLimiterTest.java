package dev.aerie.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public final class FrameRateLimiterTest {

    private static final long PERIOD_NANOS = 33_333_333;

    private final FrameRateLimiter limiter = new FrameRateLimiter();

    @ParameterizedTest
    @CsvSource({"30, 300", "60, 300", "15, 150", "10, 100", "1, 10", "7, 70"})
    void accepts_tenSecondsAtThirty_asManyAsRequested(double fps, int expected) {
        long taken = LongStream.range(0, 300)
                .filter(i -> limiter.accepts(i * PERIOD_NANOS, fps))
                .count();
        assertThat((double) taken).isBetween(expected - 1.0, expected + 1.0);
    }

    @Test
    void takes_jitteredFramesAtTheirOwnRate_losesNone() {
        long taken = LongStream.range(0, 300)
                .filter(i -> limiter.accepts(i * PERIOD_NANOS + (i % 2 == 0 ? 4_000_000 : -4_000_000), 30))
                .count();
        assertThat(taken).isEqualTo(300);
    }

    @Test
    void takes_clockGoesBack_goesOnAtOnce() {
        assertThat(limiter.accepts(1_000_000_000_000L, 5)).isTrue();
        assertThat(limiter.accepts(1_000_000_000L, 5)).isTrue();
        assertThat(limiter.accepts(1_000_000_000L + PERIOD_NANOS, 5)).isFalse();
    }
}
