package dev.aerie.ptz.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SimulatedCameraTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void moveAt_nobodyAsksForAnHour_hasEnded() throws PtzException {
        var camera = new SimulatedCamera(device(Personalities.TYPICAL));

        camera.moveAt(new PtzVelocity(30, 0, 0), Duration.ofSeconds(2));
        now = now.plus(Duration.ofHours(1));

        assertThat(camera.position().panDegrees()).isCloseTo(60, within(0.2));
    }

    @Test
    void goToPreset_saved_returnsThere() throws PtzException {
        var camera = new SimulatedCamera(device(Personalities.TYPICAL));
        camera.moveTo(new PtzPosition(40, -10, 3));
        now = now.plusSeconds(10);
        var preset = camera.savePreset("gate");
        camera.moveBy(-90, 5, 0.5);
        now = now.plusSeconds(10);
        assertThat(camera.position().panDegrees()).isCloseTo(-50, within(0.2));

        camera.goToPreset(preset.id());
        now = now.plusSeconds(10);

        assertThat(camera.position().panDegrees()).isCloseTo(40, within(0.2));
        assertThat(camera.position().zoom()).isCloseTo(3, within(0.05));
        camera.removePreset(preset.id());
        assertThatThrownBy(() -> camera.goToPreset(preset.id())).isInstanceOf(PtzException.class);
    }

    @Test
    void position_cameraThatReportsNone_isUnsupported() {
        var camera = new SimulatedCamera(device(Personalities.SILENT));

        assertThatThrownBy(camera::position).isInstanceOf(PtzException.class);
        assertThatThrownBy(() -> camera.moveTo(PtzPosition.HOME)).isInstanceOf(PtzException.class);
    }

    @Test
    void clock_goesBack_nothingMoves() {
        var device = device(Personalities.TYPICAL);
        device.moveAt(new PtzVelocity(30, 0, 0), Duration.ofSeconds(2));
        now = now.minusSeconds(100);

        assertThat(device.truePosition()).isEqualTo(PtzPosition.HOME);
    }

    private SimulatedDevice device(Personality personality) {
        return new SimulatedDevice(personality, PtzPosition.HOME, () -> now, new Random(3));
    }
}
