package dev.aerie.ptz.calibration;

import dev.aerie.ptz.calibration.CalibrationMove.Axis;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The procedure by which a camera measures itself: to the right and back, down and back, at two speeds, each from rest
/// to rest. Before a measured move in a new direction a short one takes up the play of the gear. Used by one thread, in
/// any time that goes forward.
///
/// The camera should look at a scene with texture that mostly stands, about level, with room on all sides, and nobody
/// else may move it. It takes about a minute. Whoever ends it early must stop the camera.
public final class SelfCalibration {

    /// A command moves the camera for this long at most, if this program ends.
    public static final Duration COMMAND_LIFETIME = Duration.ofSeconds(10);

    private static final double SLOW_DEGREES_PER_SECOND = 10;
    private static final double FAST_DEGREES_PER_SECOND = 24;
    private static final double SLOW_SHARE = 0.3;
    private static final double FAST_SHARE = 0.6;

    private static final double STILL_PIXELS = 0.6;
    private static final double MOVING_PIXELS = 1.5;
    private static final double FASTER = 1.7;
    private static final double TILT_ROOM_DEGREES = 30;
    private static final long STILL_NANOS = 700_000_000;
    private static final long PLAY_NANOS = 400_000_000;
    private static final long MEASURED_NANOS = 2_000_000_000;
    private static final long MEASURED_TILT_NANOS = 1_000_000_000;
    private static final long NO_MOTION_NANOS = 6_000_000_000L;
    private static final long BLIND_NANOS = 10_000_000_000L;

    private final int frameWidthPixels;
    private final double zoom;
    private final PtzVelocity maxSpeed;
    private final Deque<CalibrationMove> toDo = new ArrayDeque<>();
    private final List<MoveRecord> done = new ArrayList<>();
    private final List<ImageMotion> pairs = new ArrayList<>();
    private State state = State.WAITING;
    private Optional<CalibrationMove> move = Optional.empty();
    private long startNanos;
    private long stopNanos;
    private long longestDeadNanos;
    private long movingSinceNanos = Long.MIN_VALUE;
    private long stillSinceNanos = Long.MIN_VALUE;
    private long lastPairNanos = Long.MIN_VALUE;
    private Optional<Calibration> result = Optional.empty();
    private String failure = "";

    /// Where the procedure is.
    public enum State {
        /// For the image to stand.
        WAITING,
        /// A move is commanded.
        MOVING,
        /// Its end is commanded.
        STOPPING,
        /// [#result] has it.
        DONE,
        /// [#failure] says why.
        FAILED
    }

    /// - `frameWidthPixels`: of the frames whose motion is observed
    /// - `zoom`: at which the camera stands, at least 1
    public SelfCalibration(PtzCapabilities capabilities, int frameWidthPixels, double zoom) {
        if (frameWidthPixels <= 0 || !(zoom >= 1)) {
            throw new IllegalArgumentException(
                    "expected a frame width > 0 and a zoom >= 1, was " + frameWidthPixels + ", " + zoom);
        }
        this.frameWidthPixels = frameWidthPixels;
        this.zoom = zoom;
        maxSpeed = capabilities.maxSpeed();
        plan(Axis.PAN, 1, capabilities.maxSpeed().panDegreesPerSecond());
        plan(Axis.PAN, -1, capabilities.maxSpeed().panDegreesPerSecond());
        plan(Axis.TILT, -1, capabilities.maxSpeed().tiltDegreesPerSecond());
        plan(Axis.TILT, 1, capabilities.maxSpeed().tiltDegreesPerSecond());
    }

    private void plan(Axis axis, int direction, double maxSpeed) {
        double slow = direction * Math.min(SLOW_DEGREES_PER_SECOND, SLOW_SHARE * maxSpeed);
        double fast = direction * Math.min(FAST_DEGREES_PER_SECOND, FAST_SHARE * maxSpeed);
        toDo.addLast(new CalibrationMove(axis, fast, false));
        toDo.addLast(new CalibrationMove(axis, slow, true));
        if (axis == Axis.PAN) {
            toDo.addLast(new CalibrationMove(axis, fast, true));
        } else {
            toDo.addLast(new CalibrationMove(axis, (slow + fast) / 2, true));
        }
    }

    public State state() {
        return state;
    }

    /// Share of the moves that are done, 0..1.
    public double progress() {
        int all = done.size() + toDo.size() + (move.isPresent() ? 1 : 0);
        return state == State.DONE ? 1 : (double) done.size() / Math.max(1, all);
    }

    /// Present when it is done.
    public Optional<Calibration> result() {
        return result;
    }

    /// Why it failed; empty otherwise.
    public String failure() {
        return failure;
    }

    /// How the image moved; pairs of frames in order, each frame that was captured being in two of them.
    public void observe(ImageMotion motion) {
        double shift = motion.shiftPixels();
        lastPairNanos = motion.toNanos();
        if (state != State.WAITING) {
            pairs.add(motion);
        }
        if (shift < STILL_PIXELS) {
            stillSinceNanos = stillSinceNanos == Long.MIN_VALUE ? motion.fromNanos() : stillSinceNanos;
        } else {
            stillSinceNanos = Long.MIN_VALUE;
        }
        boolean afterStart = state == State.MOVING && motion.fromNanos() >= startNanos;
        if (afterStart && shift > MOVING_PIXELS && movingSinceNanos == Long.MIN_VALUE) {
            movingSinceNanos = motion.toNanos();
        }
    }

    /// Returns the command to send now, for [#COMMAND_LIFETIME]; a zero one is a stop.
    public Optional<PtzVelocity> step(long nowNanos) {
        if (state != State.DONE && state != State.FAILED && isBlind(nowNanos)) {
            return fail("no image motion was observed for 10 s");
        }
        return switch (state) {
            case WAITING -> isStill() ? next(nowNanos) : Optional.empty();
            case MOVING -> moved(nowNanos) ? stop(nowNanos) : Optional.empty();
            case STOPPING -> {
                if (isStill() && lastPairNanos - stopNanos > leastStopNanos()) {
                    finish();
                }
                yield Optional.empty();
            }
            case DONE, FAILED -> Optional.empty();
        };
    }

    private boolean isBlind(long nowNanos) {
        if (lastPairNanos == Long.MIN_VALUE) {
            lastPairNanos = nowNanos;
        }
        return nowNanos - lastPairNanos > BLIND_NANOS;
    }

    private boolean isStill() {
        return stillSinceNanos != Long.MIN_VALUE && lastPairNanos - stillSinceNanos >= STILL_NANOS;
    }

    private Optional<PtzVelocity> next(long nowNanos) {
        if (toDo.isEmpty()) {
            estimate();
            return Optional.empty();
        }
        CalibrationMove following = withRoom(toDo.removeFirst());
        move = Optional.of(following);
        pairs.clear();
        startNanos = nowNanos;
        movingSinceNanos = Long.MIN_VALUE;
        state = State.MOVING;
        return Optional.of(following.velocity());
    }

    /// Tilt has little room: what the dead time adds must fit in.
    private CalibrationMove withRoom(CalibrationMove planned) {
        if (planned.axis() == Axis.PAN) {
            return planned;
        }
        double most = TILT_ROOM_DEGREES / (longestDeadNanos / 1e9 + MEASURED_TILT_NANOS / 1e9);
        return planned.withSpeed(Math.copySign(Math.min(Math.abs(planned.speed()), most), planned.speed()));
    }

    private boolean moved(long nowNanos) {
        if (movingSinceNanos == Long.MIN_VALUE) {
            return nowNanos - startNanos > NO_MOTION_NANOS;
        }
        CalibrationMove running = move.orElseThrow();
        long lasts =
                !running.measured() ? PLAY_NANOS : running.axis() == Axis.PAN ? MEASURED_NANOS : MEASURED_TILT_NANOS;
        return lastPairNanos - movingSinceNanos >= lasts;
    }

    private Optional<PtzVelocity> stop(long nowNanos) {
        stopNanos = nowNanos;
        stillSinceNanos = Long.MIN_VALUE;
        state = State.STOPPING;
        return Optional.of(PtzVelocity.ZERO);
    }

    /// The stop is as late as the start was.
    private long leastStopNanos() {
        return movingSinceNanos == Long.MIN_VALUE ? 0 : movingSinceNanos - startNanos;
    }

    private void finish() {
        CalibrationMove ended = move.orElseThrow();
        move = Optional.empty();
        state = State.WAITING;
        double most = ended.axis() == Axis.PAN ? maxSpeed.panDegreesPerSecond() : maxSpeed.tiltDegreesPerSecond();
        if (movingSinceNanos != Long.MIN_VALUE) {
            longestDeadNanos = Math.max(longestDeadNanos, leastStopNanos());
            done.add(new MoveRecord(ended, startNanos, stopNanos, pairs));
        } else if (Math.abs(ended.speed()) < most) {
            double faster = Math.min(most, FASTER * Math.abs(ended.speed()));
            toDo.addFirst(ended.withSpeed(Math.copySign(faster, ended.speed())));
        } else {
            failure = "the image did not move at the full speed of " + ended.axis();
            state = State.FAILED;
        }
    }

    private void estimate() {
        Optional<Calibration> found = CalibrationEstimate.of(done, frameWidthPixels, zoom);
        if (found.isEmpty()) {
            failure = "the image did not move enough by any command";
            state = State.FAILED;
            return;
        }
        result = found;
        state = State.DONE;
    }

    private Optional<PtzVelocity> fail(String why) {
        failure = why;
        boolean moving = state == State.MOVING;
        state = State.FAILED;
        return moving ? Optional.of(PtzVelocity.ZERO) : Optional.empty();
    }
}
