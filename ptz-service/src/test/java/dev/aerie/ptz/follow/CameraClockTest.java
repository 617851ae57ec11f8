package dev.aerie.ptz.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CameraClockTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NOW = 1_763_712_000_000L * MILLI;

    private final CameraClock clock = new CameraClock();

    @Test
    void captured_plausibleTime_isTaken() {
        assertThat(clock.captured(NOW - 80 * MILLI, NOW)).isEqualTo(NOW - 80 * MILLI);
    }

    /// Five hours ahead, and each frame 20 to 60 ms on its way.
    @Test
    void captured_clockHoursOff_keepsTheTimeBetweenFramesAndIsNeverInTheFuture() {
        long off = TimeUnit.HOURS.toNanos(5);
        long[] delays = {20, 60, 35};
        long before = 0;
        for (int frame = 0; frame < 300; frame++) {
            long captured = NOW + frame * 40L * MILLI;
            long arrived = captured + delays[frame % 3] * MILLI;
            long mapped = clock.captured(captured + off, arrived);

            assertThat(mapped).isLessThanOrEqualTo(arrived);
            if (frame > 3) {
                assertThat(mapped - before).isEqualTo(40 * MILLI);
            }
            before = mapped;
        }
    }
}
