package dev.aerie.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.rtsp.RelayAddress;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameSettingsTest {

    private static final String BEGIN = "<!-- settings:frame-processor -->";
    private static final String END = "<!-- /settings:frame-processor -->";

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 70000, 0..65535",
        "DEVICE, gpu, 'auto, cpu, cuda'",
        "VIDEO_TRACKER_TYPE, deepsort, 'auto, sam2, bilateral, mot'",
        "IDENTIFY_API, oracle, 'openai, webhook'",
        "IDENTIFY_PER_MINUTE, 0, 1..600",
        "DETECTIONS_MAX, 0, 1..1000000",
        "DETECTOR, yolov3, 'auto, yolox_nano, motion'",
        "VIDEO_MODE, segment, 'true, false'",
        "SAM2_PROMPT_STRATEGY, all, 'auto_grid, motion, saliency, hybrid, detector, text, none'",
        "SAM2_MAX_OBJECTS_PER_STREAM, 0, 1..256",
        "VIDEO_PROCESSING_FPS, 0, 0.1..240.0",
        "FRAME_PROCESSOR_CAPACITY, 0, 1..64",
        "LOG_LEVEL, LOUD, INFO",
    })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FrameProcessor.check(Map.of(name, value)))
                .withMessageStartingWith(name + " is '" + value + "'")
                .withMessageContaining(allowed);
    }

    @Test
    void check_wrongBrokerUrl_neverRepeatsIt() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FrameProcessor.check(Map.of("RABBITMQ_URL", "http://user:secret@broker")))
                .withMessageNotContaining("secret");
    }

    @Test
    void check_beyondLoopbackWithoutCredentials_isRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> FrameProcessor.check(Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops")))
                .withMessageContaining("AERIE_PASSWORD");
        var complete = Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x");
        assertThatCode(() -> FrameProcessor.check(complete)).doesNotThrowAnyException();
    }

    @Test
    void defaults_areAllowedAndMappedByTheProperties() throws IOException {
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        for (Setting setting : FrameSettings.ALL.all()) {
            String value = setting.defaultValue();
            assertThat(value.isEmpty() || setting.accepts().test(value))
                    .as(setting.name())
                    .isTrue();
            String shown = value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
            assertThat(properties).contains("${" + setting.name() + ":" + shown + "}");
        }
    }

    @Test
    void documentation_hasTheTableOfTheseSettings() throws IOException {
        Path page = Path.of(System.getProperty("aerie.root"), "docs", "configuration.md");
        String text = Files.readString(page);
        assertThat(text).contains(BEGIN, END);
        String table = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
        assertThat(table.strip()).isEqualTo(FrameSettings.ALL.toMarkdown().strip());
    }

    @Test
    void relayAddress_withCredentials_encodesThemAndKeepsThemOutOfItsText() {
        var relay = new RelayAddress("::1", 8554, Optional.of("o p"), Optional.of("a/b@c"));
        assertThat(relay.urlOf("drone")).isEqualTo("rtsp://o%20p:a%2Fb%40c@[::1]:8554/drone");
        assertThat(relay.toString()).doesNotContain("a/b");
    }
}
