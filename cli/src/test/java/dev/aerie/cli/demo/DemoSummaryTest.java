package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSummaryTest {

    private static final ServiceCounts WORKED = new ServiceCounts(450, 900, 80, 70, 2);
    private static final Map<String, Long> ALL_SPEAK = Map.of(
            Exchanges.PROCESSED_FRAMES,
            80L,
            Exchanges.SLAM_RESULTS,
            90L,
            Exchanges.STREAM_EVENTS,
            1L,
            Exchanges.RECORDING_EVENTS,
            4L,
            Exchanges.IMU,
            900L,
            Exchanges.TELEMETRY,
            75L);

    @Test
    void of_everyPartWorked_isOk() {
        var summary = DemoSummary.of(flight(15, WORKED, ALL_SPEAK));

        assertThat(summary.ok()).isTrue();
        assertThat(summary.idle()).isEmpty();
    }

    @Test
    void of_nothingProcessed_namesThePart() {
        var summary = DemoSummary.of(flight(15, new ServiceCounts(450, 900, 0, 70, 2), ALL_SPEAK));

        assertThat(summary.ok()).isFalse();
        assertThat(summary.idle()).containsExactly("frame-processor (no frames processed)");
    }

    @Test
    void of_nothingSentToReaders_namesTheRelay() {
        var summary = DemoSummary.of(flight(15, new ServiceCounts(450, 0, 80, 70, 2), ALL_SPEAK));

        assertThat(summary.idle()).containsExactly("relay (no frames relayed)");
    }

    @Test
    void of_noPoses_namesThePartUnlessTheFlightIsShortOrAnyFilm() {
        var counts = new ServiceCounts(450, 900, 80, 0, 2);

        assertThat(DemoSummary.of(flight(60, counts, ALL_SPEAK)).idle()).containsExactly("slam-service (no poses)");
        assertThat(DemoSummary.of(film(60, counts, ALL_SPEAK)).ok()).isTrue();
        assertThat(DemoSummary.of(flight(12, counts, ALL_SPEAK)).ok()).isTrue();
    }

    @Test
    void of_nothingRecorded_namesThePart() {
        var summary = DemoSummary.of(flight(15, new ServiceCounts(450, 900, 80, 70, 0), ALL_SPEAK));

        assertThat(summary.idle()).containsExactly("storage-service (no segments)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Exchanges.PROCESSED_FRAMES,
                Exchanges.SLAM_RESULTS,
                Exchanges.STREAM_EVENTS,
                Exchanges.RECORDING_EVENTS
            })
    void of_silentExchange_isNamedWhateverTheDroneShows(String exchange) {
        var messages = without(exchange);

        assertThat(DemoSummary.of(flight(15, WORKED, messages)).idle()).containsExactly(exchange);
        assertThat(DemoSummary.of(film(15, WORKED, messages)).idle()).containsExactly(exchange);
    }

    @ParameterizedTest
    @ValueSource(strings = {Exchanges.IMU, Exchanges.TELEMETRY})
    void of_silentSensor_isNamedOfAFlightAndNotOfAFilm(String exchange) {
        var messages = without(exchange);

        assertThat(DemoSummary.of(flight(15, WORKED, messages)).idle()).containsExactly(exchange);
        assertThat(DemoSummary.of(film(15, WORKED, messages)).ok()).isTrue();
    }

    @Test
    void of_brokenOrImpossibleMessages_isNotOk() {
        assertThat(DemoSummary.of(counted(15, DemoSource.DRONE, WORKED, ALL_SPEAK, 1, 0))
                        .ok())
                .isFalse();
        assertThat(DemoSummary.of(counted(15, DemoSource.DRONE, WORKED, ALL_SPEAK, 0, 1))
                        .ok())
                .isFalse();
    }

    @Test
    void toJson_hasTheKeysOfTheContractAndRatesAndRestarts() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(DemoSummary.of(flight(15.5, WORKED, ALL_SPEAK)).toJson());

        assertThat(json.path("ok").booleanValue()).isTrue();
        assertThat(json.path("seconds").doubleValue()).isEqualTo(15.5);
        assertThat(json.path("frames_in").longValue()).isEqualTo(450);
        assertThat(json.path("frames_relayed").longValue()).isEqualTo(900);
        assertThat(json.path("frames_processed").longValue()).isEqualTo(80);
        assertThat(json.path("segments").longValue()).isEqualTo(2);
        assertThat(json.path("poses").longValue()).isEqualTo(70);
        assertThat(json.path("messages").path(Exchanges.IMU).longValue()).isEqualTo(900);
        assertThat(json.path("per_second").path("frames_in").doubleValue()).isEqualTo(29.03);
        assertThat(json.path("per_second").path("frames_relayed").doubleValue()).isEqualTo(58.06);
        assertThat(json.path("per_second").path("frames_processed").doubleValue())
                .isEqualTo(5.16);
        assertThat(json.path("per_second").path("poses").doubleValue()).isEqualTo(4.52);
        assertThat(json.at("/per_second/messages/" + Exchanges.IMU).doubleValue())
                .isEqualTo(58.06);
        assertThat(json.path("restarts").path("drone").intValue()).isEqualTo(1);
        assertThat(json.path("latency_p50_ms").longValue()).isEqualTo(80);
        assertThat(json.path("latency_p95_ms").longValue()).isEqualTo(190);
        assertThat(json.path("scene").path("width").intValue()).isEqualTo(960);
    }

    @Test
    void print_ratesAndRestarts_areTold() {
        var printed = new ByteArrayOutputStream();

        DemoSummary.of(flight(10, WORKED, ALL_SPEAK)).print(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("frames processed +80 +8\\.0")
                .containsPattern(Exchanges.IMU + " +900 +90\\.0")
                .contains("restarted: drone 1")
                .contains("every part has worked");
    }

    private static Map<String, Long> without(String exchange) {
        Map<String, Long> messages = new HashMap<>(ALL_SPEAK);
        messages.put(exchange, 0L);
        return messages;
    }

    private static DemoCounts flight(double seconds, ServiceCounts counts, Map<String, Long> messages) {
        return counted(seconds, DemoSource.DRONE, counts, messages, 0, 0);
    }

    private static DemoCounts film(double seconds, ServiceCounts counts, Map<String, Long> messages) {
        return counted(seconds, DemoSource.CLIP, counts, messages, 0, 0);
    }

    @Test
    void of_ptzCamerasThatNobodyMoved_isNotOk() {
        var messages = new java.util.HashMap<>(ALL_SPEAK);
        messages.put(Exchanges.PTZ_EVENTS, 3L);
        var summary = DemoSummary.of(counted(25, DemoSource.PTZ_CAMERAS, WORKED, messages, 0, 0));

        assertThat(summary.ok()).isTrue();
        assertThat(summary.with(PtzReport.of(0, 0, 0, 0, 0)).ok()).isFalse();
        assertThat(summary.with(PtzReport.of(0, 0, 0, 0, 0)).idle())
                .containsExactly("ptz-service (no target chosen)", "ptz-service (no command reached a camera)");
        assertThat(summary.with(PtzReport.of(2, 50, 40, 1, 90)).toJson())
                .contains("\"hold_percent\":80.0", "\"handoffs\":1", "\"commands\":90");
    }

    private static DemoCounts counted(
            double seconds,
            DemoSource source,
            ServiceCounts counts,
            Map<String, Long> messages,
            long invalid,
            long impossible) {
        return new DemoCounts(
                seconds,
                Optional.of(new SceneShape(960, 540, 25, 0.4)),
                source,
                counts,
                messages,
                invalid,
                impossible,
                OptionalLong.of(80),
                OptionalLong.of(190),
                Map.of("broker", 0, "drone", 1));
    }
}
