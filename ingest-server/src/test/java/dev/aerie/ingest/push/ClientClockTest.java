package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ClientClockTest {

    private static final long MILLI = 1_000_000L;
    private static final long AHEAD = 3_600_000 * MILLI;

    @Test
    void toOurs_clockAnHourAheadOverAJitteryWay_isRightToAMillisecond() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var clock = new ClientClock();
        clock.roundTrip(11 * MILLI);
        clock.roundTrip(10 * MILLI);
        for (int i = 0; i < 300; i++) {
            long sent = 33 * MILLI * i;
            clock.observe(sent + AHEAD, sent + 5 * MILLI + random.nextLong(40 * MILLI));
        }
        long captured = 9_000 * MILLI;
        assertThat(clock.toServerTime(captured + AHEAD, captured + 100 * MILLI)).isCloseTo(captured, within(MILLI));
    }

    @Test
    void toOurs_clockThatIsSetBack_followsWithinTwoWindows() {
        var clock = new ClientClock();
        clock.observe(AHEAD, 0);
        for (long second = 1; second <= 60; second++) {
            clock.observe(second * 1000 * MILLI, second * 1000 * MILLI + MILLI);
        }
        assertThat(clock.offsetNanos()).isEqualTo(MILLI);
    }

    @Test
    void toOurs_neverAfterArrival() {
        var clock = new ClientClock();
        clock.observe(0, 100);
        assertThat(clock.toServerTime(1_000, 500)).isEqualTo(500);
    }
}
