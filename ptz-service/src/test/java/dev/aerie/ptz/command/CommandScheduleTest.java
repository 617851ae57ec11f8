package dev.aerie.ptz.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CommandSchedule.Step;
import dev.aerie.ptz.command.Order.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is sent when, in a time that stands still unless it is moved. The limit is 50 ms from move to move.
final class CommandScheduleTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);
    private static final Origin OPERATOR = new Origin.Operator("ana");

    private final CommandSchedule schedule = new CommandSchedule(CommandLimits.DEFAULT);
    private long now = Long.MAX_VALUE - 100 * MILLI; // System.nanoTime() may overflow

    @Test
    void next_severalSpeedsOffered_sendsTheNewestAlone() {
        var first = speed(10, 1000);
        var second = speed(20, 1000);
        schedule.offer(first);
        schedule.offer(second);

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Send(second));
        assertThat(first.outcome()).isCompletedWithValue(Outcome.SUPERSEDED);
    }

    @Test
    void next_twoMovesByAngles_becomeOne() {
        schedule.offer(Order.of(new CameraCommand.MoveBy(5, 1, 2), OPERATOR));
        schedule.offer(Order.of(new CameraCommand.MoveBy(-2, 3, 1.5), OPERATOR));

        assertThat(((Step.Send) schedule.next(now, LONG)).order().command())
                .isEqualTo(new CameraCommand.MoveBy(3, 4, 3));
    }

    @Test
    void next_shortlyAfterACommand_waits() {
        send(speed(10, 1000));
        now += 10 * MILLI;
        schedule.offer(speed(20, 1000));

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(40 * MILLI));
        now += 40 * MILLI;
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Send.class);
    }

    @Test
    void next_sameSpeedAgain_isRenewedAfterHalfItsTime() {
        send(speed(10, 1000));
        now += 100 * MILLI;
        schedule.offer(speed(10.01, 1000));

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(400 * MILLI));
        now += 400 * MILLI;
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Send.class);
    }

    @Test
    void next_speedNotRenewed_stopsAtItsEndUntilItHasStopped() {
        send(speed(10, 200));

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(200 * MILLI));
        now += 200 * MILLI;
        var stop = (Step.Stop) schedule.next(now, LONG);
        schedule.failed(null, new PtzException(Reason.UNREACHABLE, "no answer"), now);
        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(250 * MILLI));
        now += 250 * MILLI;
        assertThat(schedule.next(now, LONG)).isEqualTo(stop);
        schedule.stopped(stop.cause());
        assertThat(schedule.owesStop()).isFalse();
        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(LONG));
    }

    @Test
    void next_speedWhoseTimeIsOver_isNeverSent() {
        var stale = speed(10, 30);
        schedule.offer(stale);
        now += 30 * MILLI;

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(LONG));
        assertThat(stale.outcome()).isCompletedWithValue(Outcome.SUPERSEDED);
    }

    @Test
    void next_stopAfterACommand_isNotKeptWaiting() {
        send(speed(10, 1000));
        schedule.offer(Order.of(new CameraCommand.Stop("enough"), OPERATOR));

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Stop("enough"));
    }

    @Test
    void next_positionWhileItMoves_stopsFirst() {
        send(speed(10, 1000));
        now += LONG / 10;
        schedule.offer(Order.of(new CameraCommand.MoveTo(PtzPosition.HOME), OPERATOR));

        var stop = (Step.Stop) schedule.next(now, LONG);
        schedule.stopped(stop.cause());
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Send.class);
    }

    @Test
    void offer_zeroSpeedAtRest_sendsNothing() {
        var zero = speed(0, 1000);
        schedule.offer(zero);

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(LONG));
        assertThat(zero.outcome()).isCompletedWithValue(Outcome.SENT);
    }

    /// A camera that was sent a move whose answer was lost may move: it is stopped once it answers.
    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"REFUSED", "UNSUPPORTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void failed_moveWithoutAnAnswer_isFollowedByAStop(Reason reason) {
        var order = speed(10, 1000);
        schedule.offer(order);
        schedule.failed(order, new PtzException(reason, "?"), now);

        assertThat(order.outcome()).isCompletedExceptionally();
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Wait.class);
        now += TimeUnit.SECONDS.toNanos(30);
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Stop.class);
    }

    @Test
    void failed_refusedMove_keepsTheNextWaitingForTheUsualTimeAlone() {
        var refused = Order.of(new CameraCommand.GoToPreset("9"), OPERATOR);
        schedule.offer(refused);
        schedule.failed(refused, new PtzException(Reason.REFUSED, "no such preset"), now);
        schedule.offer(Order.of(new CameraCommand.GoToPreset("1"), OPERATOR));

        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Wait(50 * MILLI));
        now += 50 * MILLI;
        assertThat(schedule.next(now, LONG)).isInstanceOf(Step.Send.class);
    }

    @Test
    void failed_stopOfAPerson_completesTheOrderAndIsTriedAgain() {
        var order = Order.of(new CameraCommand.Stop("enough"), OPERATOR);
        schedule.offer(order);
        schedule.failed(null, new PtzException(Reason.BUSY, "starting"), now);

        assertThat(order.outcome()).isCompletedExceptionally();
        now += LONG;
        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Stop("enough"));
    }

    private void send(Order order) {
        schedule.offer(order);
        assertThat(schedule.next(now, LONG)).isEqualTo(new Step.Send(order));
        schedule.sent(order, now);
    }

    private Order speed(double panDegreesPerSecond, long millis) {
        return Order.of(
                new CameraCommand.Move(new PtzVelocity(panDegreesPerSecond, 0, 0), now + millis * MILLI), OPERATOR);
    }
}
