package dev.aerie.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamTimeTest {

    @Test
    void ticks90k_unixNanos_areExact() {
        long nanos = 1_763_712_000_123_456_789L;

        long ticks = StreamTime.ticks90kFromNanos(nanos);

        assertThat(ticks).isEqualTo(158_734_080_011_111L);
        assertThat(nanos - StreamTime.nanosFromTicks90k(ticks)).isBetween(0L, 11_112L);
    }

    @Test
    void unwrap_acrossTheWrapAndBack_goesOn() {
        var timeline = new RtpTimeline();

        assertThat(timeline.unwrap(0xffff_fff0)).isEqualTo(0xffff_fff0L);
        assertThat(timeline.unwrap(0x10)).isEqualTo(0x1_0000_0010L);
        assertThat(timeline.unwrap(0xffff_ffff)).isEqualTo(0xffff_ffffL);
        assertThat(timeline.unwrap(0x0000_0bb8)).isEqualTo(0x1_0000_0bb8L);
    }
}
