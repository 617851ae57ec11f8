package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/// The motors of one camera in virtual time: nothing moves but by [#advance]. Used by one thread.
///
/// A command takes effect after the latency of the personality, in the order given; every move ends by itself.
public final class PtzMechanics {

    private static final long STEP_NANOS = 2_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Personality personality;
    private final RandomGenerator random;
    private final AxisMotion pan;
    private final AxisMotion tilt;
    private final AxisMotion zoom;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final PositionHistory history;
    private long nowNanos;
    private long nextStartNanos = Long.MIN_VALUE;
    private long moveEndsNanos = Long.MAX_VALUE;

    /// A command on its way to the motors.
    private record Pending(long startNanos, Runnable start) {}

    /// - `start`: moved into the ranges
    /// - `random`: draws the jitter of the latency
    public PtzMechanics(Personality personality, PtzPosition start, RandomGenerator random) {
        this.personality = personality;
        this.random = random;
        pan = new AxisMotion(personality.pan(), personality.speedScale(), start.panDegrees());
        tilt = new AxisMotion(personality.tilt(), personality.speedScale(), start.tiltDegrees());
        zoom = new AxisMotion(personality.zoom(), 1, Math.log(start.zoom()));
        history = new PositionHistory(personality.reporting(), position());
    }

    public Personality personality() {
        return personality;
    }

    /// Nanoseconds that have been advanced by.
    public long elapsedNanos() {
        return nowNanos;
    }

    /// Lets time pass.
    public void advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time goes forward, was " + nanos + " ns");
        }
        long end = nowNanos + nanos;
        while (nowNanos < end) {
            startDueCommands();
            long step = Math.min(end - nowNanos, Math.min(untilNextEvent(), isAtRest() ? Long.MAX_VALUE : STEP_NANOS));
            double seconds = step / NANOS_PER_SECOND;
            if (!isAtRest()) {
                pan.step(seconds);
                tilt.step(seconds);
                zoom.step(seconds);
            }
            nowNanos += step;
            history.add(nowNanos, position(), isAtRest());
        }
        startDueCommands();
    }

    private void startDueCommands() {
        if (nowNanos >= moveEndsNanos) {
            setSpeeds(PtzVelocity.ZERO, Long.MAX_VALUE);
        }
        while (!pending.isEmpty() && pending.getFirst().startNanos() <= nowNanos) {
            pending.removeFirst().start().run();
        }
    }

    private long untilNextEvent() {
        long next = moveEndsNanos;
        if (!pending.isEmpty()) {
            next = Math.min(next, pending.getFirst().startNanos());
        }
        return Math.max(1, next - nowNanos);
    }

    /// - `duration`: of the move at the motors, from its start there
    public void moveAt(PtzVelocity velocity, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must be >= 0, was " + duration);
        }
        schedule(() -> setSpeeds(velocity, duration.isZero() ? nowNanos : nowNanos + duration.toNanos()));
    }

    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) {
        if (!(zoomFactor > 0)) {
            throw new IllegalArgumentException("zoomFactor must be > 0, was " + zoomFactor);
        }
        schedule(() -> {
            PtzPosition here = position();
            setGoal(
                    here.panDegrees() + panDegrees,
                    here.tiltDegrees() + tiltDegrees,
                    Math.log(here.zoom() * zoomFactor));
        });
    }

    public void moveTo(PtzPosition position) {
        schedule(() -> setGoal(position.panDegrees(), position.tiltDegrees(), Math.log(position.zoom())));
    }

    public void stop() {
        schedule(() -> setSpeeds(PtzVelocity.ZERO, Long.MAX_VALUE));
    }

    private void schedule(Runnable start) {
        CommandPath path = personality.commands();
        double jitter = path.jitterSeconds() > 0 ? random.nextDouble(-1, 1) * path.jitterSeconds() : 0;
        long due = Math.max(nowNanos + nanos(path.latencySeconds() + jitter), nextStartNanos);
        nextStartNanos = path.maxPerSecond() > 0 ? due + nanos(1 / path.maxPerSecond()) : due;
        pending.addLast(new Pending(due, start));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    private void setSpeeds(PtzVelocity velocity, long endsNanos) {
        pan.moveAt(velocity.panDegreesPerSecond());
        tilt.moveAt(velocity.tiltDegreesPerSecond());
        zoom.moveAt(velocity.zoomRatePerSecond());
        moveEndsNanos = velocity.isZero() ? Long.MAX_VALUE : endsNanos;
    }

    private void setGoal(double panDegrees, double tiltDegrees, double logZoom) {
        pan.moveTo(panDegrees);
        tilt.moveTo(tiltDegrees);
        zoom.moveTo(logZoom);
        moveEndsNanos = Long.MAX_VALUE;
    }

    /// Where it really points now.
    public PtzPosition position() {
        return new PtzPosition(pan.position(), tilt.position(), Math.max(1, Math.exp(zoom.position())));
    }

    /// How fast it really moves now.
    public PtzVelocity velocity() {
        return new PtzVelocity(pan.speed(), tilt.speed(), zoom.speed());
    }

    /// Where it says that it points; [PtzPosition#HOME] for a camera that says nothing.
    public PtzPosition reportedPosition() {
        return history.reported(nowNanos);
    }

    /// Whether it says that it moves.
    public boolean reportsMoving() {
        return personality.reporting().movingForEver() || !isAtRest();
    }

    /// Whether it stands, with no command on its way.
    public boolean isIdle() {
        return pending.isEmpty() && isAtRest();
    }

    private boolean isAtRest() {
        return pan.isAtRest() && tilt.isAtRest() && zoom.isAtRest();
    }
}
