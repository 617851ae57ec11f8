package dev.aerie.slam.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Vector3;
import org.junit.jupiter.api.Test;

final class ImuBufferTest {

    private static final long MILLI = 1_000_000;

    private final ImuBuffer buffer = new ImuBuffer();

    private void addUntil(long fromMillis, long untilMillis) {
        for (long t = fromMillis; t <= untilMillis; t += 5) {
            buffer.add(new ImuReading(t * MILLI, new Vector3(t, 0, 0), new Vector3(0, t, 0)));
        }
    }

    @Test
    void between_momentsOffTheReadings_cutsThemInProportion() {
        addUntil(0, 100);

        var piece = buffer.between(12 * MILLI, 33 * MILLI);

        assertThat(piece.getFirst().timeNanos()).isEqualTo(12 * MILLI);
        assertThat(piece.getFirst().angularVelocity().x()).isCloseTo(12, within(1e-9));
        assertThat(piece.getLast().specificForce().y()).isCloseTo(33, within(1e-9));
        assertThat(piece).hasSize(6);
    }

    @Test
    void between_aPieceThatIsMissing_isEmpty() {
        addUntil(0, 100);
        addUntil(160, 200);

        assertThat(buffer.between(90 * MILLI, 170 * MILLI)).isEmpty();
        assertThat(buffer.between(170 * MILLI, 190 * MILLI)).isNotEmpty();
        assertThat(buffer.between(190 * MILLI, 210 * MILLI)).as("not yet there").isEmpty();
        assertThat(buffer.between(-5 * MILLI, 10 * MILLI))
                .as("before the first")
                .isEmpty();
        assertThat(buffer.between(30 * MILLI, 20 * MILLI)).isEmpty();
    }

    @Test
    void add_clockThatJumpsBack_beginsAnew() {
        addUntil(10_000, 10_100);
        addUntil(2_000, 2_100);

        assertThat(buffer.between(10_010 * MILLI, 10_050 * MILLI)).isEmpty();
        assertThat(buffer.between(2_010 * MILLI, 2_050 * MILLI)).isNotEmpty();
    }

    @Test
    void add_readingThatIsLate_isPutInItsPlace() {
        addUntil(0, 20);
        buffer.add(new ImuReading(30 * MILLI, Vector3.ZERO, Vector3.ZERO));
        buffer.add(new ImuReading(25 * MILLI, Vector3.ZERO, Vector3.ZERO));
        buffer.add(new ImuReading(27 * MILLI, new Vector3(Double.NaN, 0, 0), Vector3.ZERO));

        assertThat(buffer.between(20 * MILLI, 30 * MILLI)).hasSize(3);
    }

    @Test
    void add_aMinuteLater_forgetsTheOld() {
        addUntil(0, 100);
        addUntil(60_000, 60_200);

        assertThat(buffer.between(10 * MILLI, 50 * MILLI)).isEmpty();
    }
}
