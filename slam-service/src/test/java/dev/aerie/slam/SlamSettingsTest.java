package dev.aerie.slam;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aerie.settings.ServiceSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlamSettingsTest extends ServiceSettings {

    SlamSettingsTest() {
        super("slam-service", SlamService.SETTINGS, SlamService::check);
    }

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
        assertRefused(name, value, allowed);
    }

    @Test
    void check_beyondLoopbackWithCredentials_passes() {
        var complete = Map.of(
                "BIND_HOST", "0.0.0.0", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "x", "TLS_TERMINATED", "true");
        assertThatCode(() -> SlamService.check(complete)).doesNotThrowAnyException();
    }
}
