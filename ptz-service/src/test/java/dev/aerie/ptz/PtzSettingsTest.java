package dev.aerie.ptz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.settings.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PtzSettingsTest extends ServiceSettings {

    PtzSettingsTest() {
        super("ptz-service", PtzService.SETTINGS, PtzService::check);
    }

    @ParameterizedTest
    @CsvSource({
        "API_PORT, 70000, 0..65535",
        "PTZ_CONFIG, /nowhere/camera_settings.json, a file that is there",
        "PTZ_OPERATOR_TIMEOUT, 0, 1..3600",
        "PTZ_COMMANDS_PER_SECOND, 1000, 0.5..50.0",
        "PTZ_DETECTOR, eyes, auto",
        "PTZ_DETECT_FPS, 0, 0.5..60.0",
        "LOG_LEVEL, LOUD, INFO",
    })
    void check_wrongValue_namesVariableValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertRefused(name, value, allowed);
    }

    @Test
    void check_wrongSectionOfACamera_isRefusedWithFileCameraAndKey(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("camera_settings.json"), """
                {"cameras": [{"name": "gate", "driver": "simulated", "control": {"dead_zone": 2}}]}
                """);
        assertThatThrownBy(() -> PtzService.check(Map.of("PTZ_CONFIG", file.toString())))
                .hasMessage("camera_settings.json: cameras[0] (gate).control.dead_zone is 2, allowed: a number from 0"
                        + " to 0.5");
    }

    @Test
    void check_beyondLoopbackWithCredentials_passes() {
        var complete = Map.of(
                "BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x", "TLS_TERMINATED", "true");
        assertThatCode(() -> PtzService.check(complete)).doesNotThrowAnyException();
    }
}
