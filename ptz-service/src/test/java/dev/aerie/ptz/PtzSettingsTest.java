package dev.aerie.ptz;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aerie.settings.ServiceSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    void check_beyondLoopbackWithCredentials_passes() {
        var complete = Map.of("BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x");
        assertThatCode(() -> PtzService.check(complete)).doesNotThrowAnyException();
    }
}
