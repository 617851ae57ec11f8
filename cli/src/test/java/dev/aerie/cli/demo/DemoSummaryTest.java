package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Exchanges;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

    private static final Map<String, Long> ALL_SPEAK = Map.of(
            Exchanges.PROCESSED_FRAMES,
            80L,
            Exchanges.SLAM_RESULTS,
            90L,
            Exchanges.STREAM_EVENTS,
            1L,
            Exchanges.IMU,
            900L);

    @Test
    void of_everyPartWorked_isOk() {
        var summary = DemoSummary.of(15, new ServiceCounts(450, 900, 80, 70, 2), ALL_SPEAK, 0, 0, true);

        assertThat(summary.ok()).isTrue();
        assertThat(summary.idle()).isEmpty();
    }

    @Test
    void of_nothingProcessed_namesThePart() {
        var summary = DemoSummary.of(15, new ServiceCounts(450, 900, 0, 70, 2), ALL_SPEAK, 0, 0, true);

        assertThat(summary.ok()).isFalse();
        assertThat(summary.idle()).containsExactly("frame-processor (no frames processed)");
    }

    @Test
    void of_noPoses_namesThePartUnlessTheFlightIsShortOrAnyFilm() {
        var counts = new ServiceCounts(450, 900, 80, 0, 2);

        assertThat(DemoSummary.of(60, counts, ALL_SPEAK, 0, 0, true).idle()).containsExactly("slam-service (no poses)");
        assertThat(DemoSummary.of(60, counts, ALL_SPEAK, 0, 0, false).ok()).isTrue();
        assertThat(DemoSummary.of(12, counts, ALL_SPEAK, 0, 0, true).ok()).isTrue();
    }

    @Test
    void of_nothingRecorded_namesThePart() {
        var summary = DemoSummary.of(15, new ServiceCounts(450, 900, 80, 70, 0), ALL_SPEAK, 0, 0, true);

        assertThat(summary.idle()).containsExactly("storage-service (no segments)");
    }

    @Test
    void of_clipWithoutInertialSensor_expectsNoImu() {
        Map<String, Long> messages = new HashMap<>(ALL_SPEAK);
        messages.put(Exchanges.IMU, 0L);

        assertThat(DemoSummary.of(15, new ServiceCounts(450, 900, 80, 70, 2), messages, 0, 0, false)
                        .ok())
                .isTrue();
        assertThat(DemoSummary.of(15, new ServiceCounts(450, 900, 80, 70, 2), messages, 0, 0, true)
                        .idle())
                .containsExactly(Exchanges.IMU);
    }

    @Test
    void of_brokenOrImpossibleMessages_isNotOk() {
        assertThat(DemoSummary.of(15, new ServiceCounts(1, 1, 1, 1, 1), ALL_SPEAK, 1, 0, true)
                        .ok())
                .isFalse();
        assertThat(DemoSummary.of(15, new ServiceCounts(1, 1, 1, 1, 1), ALL_SPEAK, 0, 1, true)
                        .ok())
                .isFalse();
    }

    @Test
    void toJson_hasTheKeysOfTheContract() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(DemoSummary.of(15.5, new ServiceCounts(450, 900, 80, 70, 2), ALL_SPEAK, 0, 0, true)
                        .toJson());

        assertThat(json.path("ok").booleanValue()).isTrue();
        assertThat(json.path("seconds").doubleValue()).isEqualTo(15.5);
        assertThat(json.path("frames_in").longValue()).isEqualTo(450);
        assertThat(json.path("frames_relayed").longValue()).isEqualTo(900);
        assertThat(json.path("frames_processed").longValue()).isEqualTo(80);
        assertThat(json.path("segments").longValue()).isEqualTo(2);
        assertThat(json.path("poses").longValue()).isEqualTo(70);
        assertThat(json.path("messages").path(Exchanges.IMU).longValue()).isEqualTo(900);
    }
}
