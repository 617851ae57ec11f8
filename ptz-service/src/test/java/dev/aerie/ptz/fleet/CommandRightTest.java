package dev.aerie.ptz.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Producer;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.command.CommandLimits;
import dev.aerie.ptz.command.Order;
import dev.aerie.ptz.command.Origin;
import dev.aerie.ptz.command.ScriptedCamera;
import dev.aerie.ptz.fleet.CommandRight.Standing;
import dev.aerie.ptz.metrics.CommandMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A camera that another ptz-service commands.
final class CommandRightTest {

    private final ScriptedCamera camera = new ScriptedCamera();
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.ANOTHERS);
    private final SteeredCamera steered = new SteeredCamera(
            new EventTeller("gate", "gate", Producer.of("ptz-service", "second"), InstantSource.system(), _ -> {}),
            camera,
            CommandLimits.DEFAULT,
            Duration.ofSeconds(10),
            standing::get,
            () -> true,
            new CommandMetrics(new SimpleMeterRegistry(), "gate"));

    @Test
    void operateAndSteer_cameraIsAnothers_isRefusedAndNothingIsSent() {
        try (steered) {
            steered.start();
            steered.tick();
            steered.steer(move(), new Origin.Service());

            assertThat(steered.operate("ana", move()))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOf(PtzException.class)
                    .withMessage("another ptz-service commands gate; one does so at a time");
            assertThat(steered.ask(PtzCamera::presets)).isCompletedExceptionally();
            assertThat(steered.lease().holder(System.nanoTime())).isEmpty();
            assertThat(steered.isFree()).isFalse();
        }
        assertThat(camera.commands()).containsExactly("close");
    }

    @Test
    void tick_otherServiceIsGone_cameraIsStoppedAndObeys() {
        try (steered) {
            steered.start();
            standing.set(Standing.OURS);
            steered.tick();
            Eventually.holds("stopped at the start", () -> camera.commands().contains("stop"));

            assertThat(steered.operate("ana", move()))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isEqualTo(Order.Outcome.SENT);
        }
    }

    private static CameraCommand move() {
        return new CameraCommand.Move(new PtzVelocity(5, 0, 0), System.nanoTime() + 1_000_000_000L);
    }
}
