package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What AUDIT says of clocks. Fails at d493c5a.
final class AuditClockTest {

    private static final long NOW = 1_764_000_000_000_000_000L;

    /// Today: AbsurdClocksTest, StreamsFaultsTest.
    @Test
    void c1_clientWhoseClockIsAbsurd_movesNoCaptureTimeByMoreThanADay() {
        var clock = new ClientClock();
        clock.observe(Long.MAX_VALUE, NOW);
        assertThat(clock.toOurs(0, NOW)).isBetween(NOW - Duration.ofDays(1).toNanos(), NOW);
    }
}
