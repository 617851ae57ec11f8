package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a camera is sent next, and when. One slot: a newer order takes the place of one that waits. A move at a
/// speed ends with its time, by a stop that is tried until the camera has taken it.
///
/// Times are those of `System.nanoTime()`. Not thread-safe.
final class CommandSchedule {

    private static final List<Duration> RETRY_STEPS = List.of(
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));

    /// A speed is sent again where it differs by more than this from the one that the camera has.
    private static final double SAME_DEGREES_PER_SECOND = 0.05;
    private static final double SAME_ZOOM_RATE = 0.01;

    private static final String TIME_OVER = "its time is over";

    private final CommandLimits limits;
    private final Backoff backoff = new Backoff(RETRY_STEPS);
    private @Nullable Order pending;
    private @Nullable String stopCause;
    private CameraCommand.@Nullable Move running;
    private boolean retries;
    private long retryAtNanos;
    private boolean paced;
    private long sentAtNanos;

    /// What to do now.
    sealed interface Step {
        record Send(Order order) implements Step {}

        record Stop(String cause) implements Step {}

        /// Nothing, for so long at most.
        record Wait(long nanos) implements Step {}
    }

    CommandSchedule(CommandLimits limits) {
        this.limits = limits;
    }

    void offer(Order order) {
        switch (order.command()) {
            case CameraCommand.Stop(String cause) -> {
                replace(order);
                stopCause = cause;
            }
            case CameraCommand.Move move -> {
                replace(order);
                stopCause = null; // a speed takes the place of the one before
                if (move.velocity().isZero() && running == null) {
                    pending = null; // it rests already
                    order.sent();
                }
            }
            case CameraCommand.MoveBy now
            when pending != null && pending.command() instanceof CameraCommand.MoveBy before ->
                replace(new Order(before.then(now), order.origin(), order.outcome())); // neither is lost
            case CameraCommand.MoveBy _, CameraCommand.MoveTo _, CameraCommand.GoToPreset _ -> replace(order);
        }
    }

    private void replace(Order order) {
        supersede();
        pending = order;
    }

    /// Whether it waits before it tries a camera that failed again.
    boolean isRetrying(long now) {
        return retries && retryAtNanos - now > 0;
    }

    /// Whatever the camera does, it is to stop.
    void oweStop(String cause) {
        stopCause = cause;
    }

    /// - `maxWaitNanos`: of a wait, where nothing else is due before
    Step next(long now, long maxWaitNanos) {
        if (isRetrying(now)) {
            return new Step.Wait(Math.min(maxWaitNanos, retryAtNanos - now));
        }
        dropStale(now);
        if (stopCause == null && running != null) {
            boolean isOver = running.untilNanos() - now <= 0;
            stopCause =
                    isOver ? TIME_OVER : pending != null && !isMove(pending) ? "another kind of move follows" : null;
        }
        if (stopCause != null) {
            return new Step.Stop(stopCause);
        }
        if (pending == null) {
            return new Step.Wait(running == null ? maxWaitNanos : Math.min(maxWaitNanos, running.untilNanos() - now));
        }
        long wait = Math.max(pacing(now), untilRenewal(pending, now));
        return wait > 0 ? new Step.Wait(Math.min(wait, maxWaitNanos)) : new Step.Send(pending);
    }

    /// The camera does it.
    void sent(Order order, long now) {
        recovered();
        if (order.equals(pending)) {
            pending = null;
        }
        paced = true;
        sentAtNanos = now;
        running = order.command() instanceof CameraCommand.Move move
                        && !move.velocity().isZero()
                ? move
                : null;
        order.sent();
    }

    /// The camera has stopped; `cause` as [Step.Stop] had it.
    void stopped(String cause) {
        recovered();
        running = null;
        if (cause.equals(stopCause)) {
            stopCause = null;
        }
        if (pending != null && pending.command() instanceof CameraCommand.Stop) {
            pending.sent();
            pending = null;
        }
    }

    /// Another question was answered: the camera is there.
    void recovered() {
        retries = false;
        backoff.reset();
    }

    /// The camera did not do it, or what it did is not known.
    ///
    /// - `order`: null where it was a stop or a question
    void failed(@Nullable Order order, PtzException cause, long now) {
        retries = true;
        retryAtNanos = now + wait(order, cause.reason()).toNanos();
        if (stopCause == null && (running != null || isAmbiguous(cause.reason()))) {
            stopCause = "what it does is not known"; // this also finds out when it answers again
        }
        Order told =
                order == null && pending != null && pending.command() instanceof CameraCommand.Stop ? pending : order;
        if (told != null) {
            told.failed(cause);
            if (told.equals(pending)) {
                pending = null;
            }
        }
    }

    /// The speed that the camera has; zero where it has none that it was given.
    PtzVelocity velocity() {
        return Optional.ofNullable(running).map(CameraCommand.Move::velocity).orElse(PtzVelocity.ZERO);
    }

    /// Whether the camera may move though nobody wants it to.
    boolean owesStop() {
        return stopCause != null || running != null;
    }

    /// Nothing that waits will be sent.
    void supersede() {
        if (pending != null) {
            pending.superseded();
            pending = null;
        }
    }

    private Duration wait(@Nullable Order order, PtzException.Reason reason) {
        Duration step = backoff.next();
        return switch (reason) {
            case UNAUTHORIZED -> limits.unauthorizedRetry();
            case REFUSED, UNSUPPORTED -> order == null ? step : limits.minInterval();
            case UNREACHABLE, BUSY, MALFORMED_ANSWER -> step;
        };
    }

    private static boolean isAmbiguous(PtzException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE, MALFORMED_ANSWER, BUSY, UNAUTHORIZED -> true;
            case REFUSED, UNSUPPORTED -> false;
        };
    }

    private static boolean isMove(@Nullable Order order) {
        return order != null && order.command() instanceof CameraCommand.Move;
    }

    private void dropStale(long now) {
        if (pending != null && pending.command() instanceof CameraCommand.Move move && move.untilNanos() - now <= 0) {
            supersede();
        }
    }

    private long pacing(long now) {
        return paced ? sentAtNanos + limits.minInterval().toNanos() - now : 0;
    }

    /// How long a speed that the camera has already need not be sent again: until half of its time is over.
    private long untilRenewal(Order order, long now) {
        if (running == null
                || !(order.command() instanceof CameraCommand.Move move)
                || !isSame(move.velocity(), running.velocity())) {
            return 0;
        }
        long half = (running.untilNanos() - sentAtNanos) / 2;
        return running.untilNanos() - half - now;
    }

    private static boolean isSame(PtzVelocity a, PtzVelocity b) {
        return Math.abs(a.panDegreesPerSecond() - b.panDegreesPerSecond()) < SAME_DEGREES_PER_SECOND
                && Math.abs(a.tiltDegreesPerSecond() - b.tiltDegreesPerSecond()) < SAME_DEGREES_PER_SECOND
                && Math.abs(a.zoomRatePerSecond() - b.zoomRatePerSecond()) < SAME_ZOOM_RATE;
    }
}
