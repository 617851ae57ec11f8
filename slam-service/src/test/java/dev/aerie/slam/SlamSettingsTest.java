package dev.aerie.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlamSettingsTest {

    private static final String BEGIN = "<!-- settings:slam-service -->";
    private static final String END = "<!-- /settings:slam-service -->";

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 70000, 0..65535",
        "CAMERA_CONFIG, /nowhere/camera.yaml, a file or folder that is there",
        "CAMERA_HFOV, 200, 10.0..140.0",
        "SLAM_FRAME_SKIP, 0, 1..100",
        "SLAM_DENSE, lidar, none",
        "SLAM_SERVICE_CAPACITY, 0, 1..64",
        "LOG_LEVEL, LOUD, INFO",
    })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> SlamService.check(Map.of(name, value)))
                .withMessageStartingWith(name + " is '" + value + "'")
                .withMessageContaining(allowed);
    }

    @Test
    void check_beyondLoopbackWithoutCredentials_isRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> SlamService.check(Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops")))
                .withMessageContaining("AERIE_PASSWORD");
        var complete = Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x");
        assertThatCode(() -> SlamService.check(complete)).doesNotThrowAnyException();
    }

    @Test
    void defaults_areAllowedAndMappedByTheProperties() throws IOException {
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        for (Setting setting : SlamSettings.ALL.all()) {
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
        assertThat(table.strip()).isEqualTo(SlamSettings.ALL.toMarkdown().strip());
    }
}
