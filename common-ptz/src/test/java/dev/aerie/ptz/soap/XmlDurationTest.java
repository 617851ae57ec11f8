package dev.aerie.ptz.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlDurationTest {

    @ParameterizedTest
    @CsvSource({"PT5S, PT5S", "PT0.25S, PT0.25S", "P1M, PT720H", "P1Y2DT3H4M5S, PT8811H4M5S"})
    void parse_duration_countsAMonthAs30Days(String text, Duration duration) {
        assertThat(XmlDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "PT", "-PT5S", "P1S", "PT1e9S", "PT5S PT5S"})
    void parse_whatIsNone_isEmpty(String text) {
        assertThat(XmlDuration.parse(text)).isEmpty();
    }

    @Test
    void parse_digitsWithoutEnd_areNotRead() {
        String text = "PT" + "9".repeat(1 << 22) + "S";
        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertThat(XmlDuration.parse(text)).isEmpty());
    }
}
