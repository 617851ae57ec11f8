package dev.aerie.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SenderReportTest {

    private static final long UNIX_NANOS = 1_763_712_000_123_456_789L;

    @Test
    void write_thenParse_isTheSameWithinANanosecond() throws Exception {
        var bytes = ByteBuffer.allocate(SenderReport.GOODBYE_BYTES);
        new SenderReport(7, UNIX_NANOS, -5, 10, 20).writeGoodbye(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        var parsed = RtcpPacket.parse(bytes.flip());
        assertThat(parsed.goodbye()).isTrue();
        var report = parsed.report().orElseThrow();
        assertThat(report.unixNanos()).isBetween(UNIX_NANOS - 1, UNIX_NANOS);
        assertThat(report).isEqualTo(new SenderReport(7, report.unixNanos(), -5, 10, 20));
    }

    @Test
    void senderClock_mapsTimesOnBothSidesOfTheReport() {
        var clock = new SenderClock();
        assertThat(clock.unixNanos(0)).isEmpty();
        clock.accept(new SenderReport(7, UNIX_NANOS, -5, 0, 0));
        assertThat(clock.unixNanos(-5 + 90_000)).hasValue(UNIX_NANOS + 1_000_000_000L);
        assertThat(clock.unixNanos(-5 - 9_000)).hasValue(UNIX_NANOS - 100_000_000L);
    }
}
