package dev.aerie.ptz.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommanderStatus;
import dev.aerie.ptz.command.CommanderStatus.State;
import dev.aerie.ptz.command.Order;
import dev.aerie.ptz.command.Origin;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// A camera that is sent to a preset at 30 degrees, and says twice a second where it is.
final class PresetArrivalTest {

    private static final long HALF_SECOND = 500_000_000L;
    private static final Order TO_DOOR = Order.of(new CameraCommand.GoToPreset("door"), new Origin.Service());

    private final PresetArrival arrival = new PresetArrival();

    @Test
    void look_cameraTurnsLate_isReachedWhenItRests() {
        arrival.sent(TO_DOOR, 0);

        assertThat(reachedAfter(seconds -> Math.clamp((seconds - 2) * 10, 0, 30)))
                .isBetween(5.5, 6.5);
        assertThat(arrival.look(status(30, 100 * HALF_SECOND), 100 * HALF_SECOND))
                .as("told once")
                .isEmpty();
    }

    @Test
    void look_cameraStoodThere_isReachedAfterTheTimeToBegin() {
        arrival.sent(TO_DOOR, 0);

        assertThat(reachedAfter(_ -> 30)).isBetween(3.0, 4.0);
    }

    @Test
    void look_noPosition_isAssumedAfterAWhile() {
        arrival.sent(TO_DOOR, 0);

        assertThat(arrival.look(none(), 9_000_000_000L)).isEmpty();
        assertThat(arrival.look(none(), 10_000_000_000L)).contains(TO_DOOR);
    }

    @Test
    void look_sentElsewhereMeanwhile_isNeverReached() {
        arrival.sent(TO_DOOR, 0);
        arrival.cancel();

        assertThat(reachedAfter(_ -> 30)).isNaN();
    }

    /// Seconds until it is told; NaN for not within 20.
    private double reachedAfter(DoubleUnaryOperator panAt) {
        for (int i = 1; i <= 40; i++) {
            long now = i * HALF_SECOND;
            if (arrival.look(status(panAt.applyAsDouble(now / 1e9), now), now).isPresent()) {
                return now / 1e9;
            }
        }
        return Double.NaN;
    }

    private static CommanderStatus status(double pan, long nanos) {
        return new CommanderStatus(State.READY, "", new PtzPosition(pan, 0, 1), nanos, PtzVelocity.ZERO);
    }

    private static CommanderStatus none() {
        return new CommanderStatus(State.READY, "", null, 0, PtzVelocity.ZERO);
    }
}
