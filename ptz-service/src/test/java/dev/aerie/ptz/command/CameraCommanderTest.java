package dev.aerie.ptz.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CommanderStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A camera without a time-out of its own, in each of the states that cameras are found in: in the end it rests.
final class CameraCommanderTest {

    private static final Origin OPERATOR = new Origin.Operator("ana");
    private static final CommandLimits LIMITS =
            new CommandLimits(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(300));

    private final ScriptedCamera camera = new ScriptedCamera().endless();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CameraCommander commander = new CameraCommander("test", camera, LIMITS, new Heard());

    @AfterEach
    void close() {
        camera.recover();
        commander.close();
    }

    @Test
    void start_cameraThatWasLeftMoving_isStopped() throws PtzException {
        camera.moveAt(new PtzVelocity(20, 0, 0), Duration.ofSeconds(1));
        Eventually.holds("it moves", () -> camera.speed() > 1);
        commander.start();

        Eventually.holds("it rests", () -> camera.speed() == 0);
        assertThat(camera.commands()).contains("stop");
    }

    @Test
    void give_speedThatNobodyRenews_endsWithItsTime() {
        commander.start();
        give(20, 300);

        Eventually.holds("it moves", () -> camera.speed() > 1);
        Eventually.holds("it rests", () -> camera.speed() == 0);
        assertThat(heard).contains("sent", "stopped its time is over");
    }

    @Test
    void give_manySpeedsAtOnce_areNoMoreThanTheCameraTakes() {
        commander.start();
        Eventually.holds("ready", () -> commander.status().isReady());
        for (int i = 0; i < 1000; i++) {
            give(10 + i, 60_000);
        }

        Eventually.holds("the newest", () -> camera.asked.contains("moveAt 1009.0"));
        assertThat(camera.commands().stream().filter(one -> one.startsWith("moveAt")))
                .hasSizeLessThan(20);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"REFUSED", "UNSUPPORTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void failure_inMidMove_itRestsOnceItAnswersAgain(Reason reason) {
        commander.start();
        give(20, 60_000);
        Eventually.holds("it moves", () -> camera.speed() > 1);
        camera.failWith(reason);
        Eventually.holds("noticed", () -> !commander.status().isReady());
        camera.recover();

        Eventually.holds("it rests", () -> camera.speed() == 0);
        Eventually.holds("ready", () -> commander.status().isReady());
        assertThat(heard).contains("unreachable " + reason, "recovered");
    }

    @Test
    void lostAnswer_toAMoveThatItMade_itRestsOnceItAnswersAgain() {
        commander.start();
        Eventually.holds("ready", () -> commander.status().isReady());
        camera.loseAnswers();
        give(20, 60_000);
        Eventually.holds("it moves though it was not heard", () -> camera.speed() > 1);
        camera.recover();

        Eventually.holds("it rests", () -> camera.speed() == 0);
    }

    @Test
    void hang_inMidMove_keepsNobodyWaitingAndEndsInRest() {
        commander.start();
        give(20, 400);
        Eventually.holds("it moves", () -> camera.speed() > 1);
        camera.hang();
        give(30, 400);
        var asked = commander.ask(PtzCamera::presets);
        camera.recover();

        Eventually.holds("it rests", () -> camera.speed() == 0);
        assertThat(asked).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void give_cameraThatDoesNotAnswer_failsAtOnceAndIsNotDoneLater() {
        camera.failWith(Reason.UNREACHABLE);
        commander.start();
        Eventually.holds("noticed", () -> commander.status().state() == State.UNREACHABLE);
        var order = Order.of(new CameraCommand.MoveBy(30, 0, 1), OPERATOR);
        commander.give(order);
        assertThat(order.outcome()).isCompletedExceptionally();

        camera.recover();
        Eventually.holds("ready", () -> commander.status().isReady());
        assertThat(camera.commands()).noneMatch(one -> one.startsWith("moveBy"));
    }

    @Test
    void ask_cameraThatDoesNotAnswer_failsAtOnce() {
        camera.failWith(Reason.UNREACHABLE);
        commander.start();
        Eventually.holds("noticed", () -> commander.status().state() == State.UNREACHABLE);

        assertThat(commander.ask(PtzCamera::presets)).isCompletedExceptionally();
        assertThat(commander.status().cause()).contains("camera test");
    }

    @Test
    void ask_somethingThatIsRefused_leavesTheCameraReady() {
        commander.start();
        Eventually.holds("ready", () -> commander.status().isReady());
        var asked = commander.ask(one -> {
            throw new PtzException(Reason.REFUSED, "no such preset");
        });

        assertThat(asked)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("no such");
        assertThat(commander.status().isReady()).isTrue();
    }

    @Test
    void close_inMidMove_stopsTheCamera() {
        commander.start();
        give(20, 60_000);
        Eventually.holds("it moves", () -> camera.speed() > 1);
        commander.close();

        Eventually.holds("it rests", () -> camera.speed() == 0);
        assertThat(camera.commands()).endsWith("stop", "close");
    }

    @Test
    void close_cameraThatFails_endsNevertheless() {
        commander.start();
        Eventually.holds("ready", () -> commander.status().isReady());
        camera.failWith(Reason.UNREACHABLE);
        commander.close();

        assertThat(camera.commands()).endsWith("close");
    }

    @Test
    void status_cameraThatReports_hasItsPosition() {
        commander.start();
        commander.give(Order.of(new CameraCommand.MoveBy(10, 5, 2), OPERATOR));

        Eventually.holds("there", () -> {
            var at = commander.status().position();
            return at != null && Math.abs(at.panDegrees() - 10) < 0.5 && Math.abs(at.zoom() - 2) < 0.1;
        });
    }

    private void give(double panDegreesPerSecond, long millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        commander.give(Order.of(new CameraCommand.Move(new PtzVelocity(panDegreesPerSecond, 0, 0), until), OPERATOR));
    }

    private final class Heard implements CommanderListener {

        @Override
        public void sent(Order order, long sentAtNanos, long answeredAtNanos) {
            heard.add("sent");
        }

        @Override
        public void stopped(String cause) {
            heard.add("stopped " + cause);
        }

        @Override
        public void failed(PtzException cause) {
            heard.add("failed " + cause.reason());
        }

        @Override
        public void unreachable(PtzException cause) {
            heard.add("unreachable " + cause.reason());
        }

        @Override
        public void recovered() {
            heard.add("recovered");
        }
    }
}
