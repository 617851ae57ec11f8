package dev.aerie.ingest.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SampleClockTest {

    private final SampleClock clock = new SampleClock(0);

    @Test
    void next_steadyFrames_keepTheirTimes() {
        for (int i = 0; i < 100; i++) {
            assertThat(clock.next(500_000 + i * 6_000L, i % 30 == 0))
                    .isEqualTo(new SampleTime(i * 6_000L, i * 6_000L, i == 0 ? 3_000 : 6_000));
        }
    }

    @Test
    void next_holes_areClosedToTwoDurations() {
        clock.next(0, true);
        clock.next(3_000, false);

        var afterPause = clock.next(903_000, true);
        var next = clock.next(906_000, false);

        assertThat(afterPause.decodeTicks()).isEqualTo(3_000 + 6_000);
        assertThat(next.decodeTicks()).isEqualTo(3_000 + 6_000 + 3_000);
    }

    @Test
    void next_newOriginAtAnIdrFrame_goesOn() {
        clock.next(9_000_000, true);
        clock.next(9_003_000, false);

        assertThat(clock.next(0, true).decodeTicks()).isEqualTo(6_000);
        assertThat(clock.next(3_000, false).decodeTicks()).isEqualTo(9_000);
    }

    @Test
    void next_reorderedFrames_differInPresentationOnly() {
        long[] ptsInDecodingOrder = {0, 9_000, 3_000, 6_000, 18_000, 12_000, 15_000, 27_000, 21_000, 24_000};

        long lastDecode = -1;
        for (long pts : ptsInDecodingOrder) {
            var time = clock.next(pts, pts == 0);
            assertThat(time.decodeTicks()).isGreaterThan(lastDecode);
            assertThat(time.presentationTicks()).isLessThanOrEqualTo(time.decodeTicks());
            lastDecode = time.decodeTicks();
        }
    }

    @Test
    void next_anyTimes_neverLeaveAHole() {
        var random = new Random(20_261_121);
        long pts = 0;
        var before = clock.next(pts, true);
        for (int i = 0; i < 10_000; i++) {
            boolean idr = random.nextInt(30) == 0;
            pts = idr && random.nextBoolean() ? random.nextLong(1L << 40) : pts + random.nextInt(100_000) - 5_000;
            var time = clock.next(pts, idr);
            assertThat(time.decodeTicks() - before.decodeTicks()).isBetween(1L, 2 * before.durationTicks());
            before = time;
        }
    }

    @Test
    void next_stepsThatAreKept_areShortenedToTheLimitOnly() {
        var patient = new SampleClock(90_000);
        patient.next(0, true);
        patient.next(3_000, false);

        assertThat(patient.next(63_000, false).decodeTicks()).isEqualTo(63_000);
        assertThat(patient.next(63_000 + 450_000, false).decodeTicks()).isEqualTo(63_000 + 120_000);
    }
}
