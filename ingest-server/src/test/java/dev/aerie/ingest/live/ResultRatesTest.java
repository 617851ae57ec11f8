package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultRatesTest {

    private static final long SECOND = 1_000_000_000;

    private final ResultRates rates = new ResultRates(0);

    @Test
    void tick_countedMessages_becomeRates() {
        for (int i = 0; i < 30; i++) {
            rates.count("processed_frames_exchange", "drone");
        }

        rates.tick(2 * SECOND);

        assertThat(rates.byStream()).isEqualTo(Map.of("drone", Map.of("processed_frames_exchange", 15.0)));
    }

    @Test
    void tick_silence_isZeroAndForgottenAfterAMinute() {
        rates.count("imu_exchange", "drone");
        rates.tick(SECOND);
        rates.tick(2 * SECOND);
        assertThat(rates.byStream()).isEqualTo(Map.of("drone", Map.of("imu_exchange", 0.0)));

        for (int second = 3; second < 65; second++) {
            rates.tick(second * SECOND);
        }

        assertThat(rates.byStream()).isEmpty();
    }
}
