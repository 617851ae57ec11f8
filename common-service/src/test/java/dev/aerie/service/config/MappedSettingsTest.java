package dev.aerie.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Setting;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MappedSettingsTest {

    enum Device {
        AUTO,
        CPU
    }

    interface Nested {
        @WithDefault("${DEVICE:auto}")
        @Variable(value = "inference device", taking = "processor=cpu")
        Device device();
    }

    interface Config {
        Nested nested();

        @WithDefault("${STALL_AFTER:3}s")
        @Variable(value = "silence", unit = "s", min = 1, max = 60)
        Duration stallAfter();

        @WithDefault("${FPS:30}")
        @Variable(value = "rate", min = 0.1, max = 240, alsoCalled = "MAX_FPS")
        double fps();

        @WithDefault("${SIDE:512}")
        @Variable(
                value = "side",
                choices = {"512", "1024"})
        int side();

        @WithDefault("${URL:}")
        @Variable(value = "address", pattern = "https?://\\S+", allowed = "http://…")
        Optional<String> url();

        @WithDefault("${CALIBRATION:}")
        @Variable(value = "file", exists = true, allowed = "a file that exists")
        Optional<Path> calibration();
    }

    @Test
    void of_nestedMapping_hasEveryVariableByName() {
        assertThat(MappedSettings.of(Config.class).all())
                .extracting(Setting::name, Setting::defaultValue)
                .containsExactly(
                        tuple("CALIBRATION", ""),
                        tuple("DEVICE", "auto"),
                        tuple("FPS", "30.0"),
                        tuple("SIDE", "512"),
                        tuple("STALL_AFTER", "3"),
                        tuple("URL", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEVICE | gpu | DEVICE is 'gpu', allowed: auto, cpu",
                "STALL_AFTER | 61 | STALL_AFTER is '61', allowed: 1..60",
                "FPS | 0 | FPS is '0', allowed: 0.1..240.0",
                "MAX_FPS | 0 | MAX_FPS is '0', allowed: 0.1..240.0",
                "SIDE | 513 | SIDE is '513', allowed: 512, 1024",
                "URL | ftp://host | URL is '…', allowed: http://…",
                "CALIBRATION | /nowhere | CALIBRATION is '/nowhere', allowed: a file that exists",
            })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String expected) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> MappedSettings.of(Config.class).check(Map.of(name, value)))
                .withMessage(expected);
    }

    @Test
    void check_allowedValues_pass(@TempDir Path folder) {
        MappedSettings.of(Config.class)
                .check(Map.of(
                        "DEVICE", "processor",
                        "STALL_AFTER", "60",
                        "MAX_FPS", "0.5",
                        "SIDE", "1024",
                        "URL", "http://host",
                        "CALIBRATION", folder.toString()));
    }
}
