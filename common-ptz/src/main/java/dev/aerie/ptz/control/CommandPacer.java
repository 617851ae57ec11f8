package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.PtzVelocity;
import java.util.Optional;

/// Decides which wanted speeds are sent: none faster than the camera takes, none that changes nothing, each within the
/// limits on acceleration and jerk, and again before the camera would stop by itself. Used by one thread.
final class CommandPacer {

    /// A change below this share of the present speed is not worth a command.
    private static final double SAME = 0.04;

    /// The same for a camera at rest, as a share of the field of view per second.
    private static final double SAME_OF_FIELD = 0.003;

    private static final double SAME_ZOOM = 0.02;

    /// Share of a command's life after which it is repeated.
    private static final double REPEAT = 0.5;

    private final CameraDynamics dynamics;
    private final FollowConfig config;
    private final long intervalNanos;
    private PtzVelocity sent = PtzVelocity.ZERO;
    private long sentNanos = Long.MIN_VALUE / 2;
    private double panChange;
    private double tiltChange;

    CommandPacer(CameraDynamics dynamics, FollowConfig config) {
        this.dynamics = dynamics;
        this.config = config;
        intervalNanos = Math.round(1e9 / dynamics.maxCommandsPerSecond());
    }

    /// Returns what to send now, if anything.
    ///
    /// - `wanted`: real speeds; what is sent is scaled to what the camera understands
    Optional<PtzVelocity> next(long nowNanos, PtzVelocity wanted, double fieldDegrees) {
        if (nowNanos - sentNanos < intervalNanos) {
            return Optional.empty();
        }
        double seconds = Math.min(0.5, (nowNanos - sentNanos) / 1e9);
        double pan = shaped(
                sent.panDegreesPerSecond() * dynamics.pan().scale(),
                wanted.panDegreesPerSecond(),
                panChange,
                seconds,
                config.acceleration(dynamics.pan().acceleration(), dynamics.settleSeconds()));
        double tilt = shaped(
                sent.tiltDegreesPerSecond() * dynamics.tilt().scale(),
                wanted.tiltDegreesPerSecond(),
                tiltChange,
                seconds,
                config.acceleration(dynamics.tilt().acceleration(), dynamics.settleSeconds()));
        PtzVelocity command = commanded(pan, tilt, wanted.zoomRatePerSecond());
        boolean repeat = !sent.isZero() && nowNanos - sentNanos > REPEAT * config.commandSeconds() * 1e9;
        if (!repeat && isSame(command, fieldDegrees)) {
            return Optional.empty();
        }
        panChange = (command.panDegreesPerSecond() - sent.panDegreesPerSecond())
                * dynamics.pan().scale()
                / seconds;
        tiltChange = (command.tiltDegreesPerSecond() - sent.tiltDegreesPerSecond())
                * dynamics.tilt().scale()
                / seconds;
        sent = command;
        sentNanos = nowNanos;
        return Optional.of(command);
    }

    /// Someone else's command.
    void sentByOthers(long nowNanos, PtzVelocity velocity) {
        sent = velocity;
        sentNanos = nowNanos;
        panChange = 0;
        tiltChange = 0;
    }

    private double shaped(double from, double to, double changeBefore, double seconds, double acceleration) {
        double jerk = config.jerkDegreesPerSecond3() * seconds;
        double smooth = Math.sqrt(2 * config.jerkDegreesPerSecond3() * Math.abs(to - from));
        double limit = Math.min(acceleration, smooth);
        double change = Math.clamp((to - from) / seconds, -limit, limit);
        double low = Math.min(0, changeBefore) - jerk;
        double high = Math.max(0, changeBefore) + jerk;
        return from + Math.clamp(change, low, high) * seconds;
    }

    private PtzVelocity commanded(double pan, double tilt, double zoomRate) {
        PtzVelocity max = dynamics.maxSpeed();
        return new PtzVelocity(
                within(pan / dynamics.pan().scale(), max.panDegreesPerSecond()),
                within(tilt / dynamics.tilt().scale(), max.tiltDegreesPerSecond()),
                within(zoomRate, max.zoomRatePerSecond()));
    }

    private static double within(double value, double limit) {
        return Math.abs(value) < 1e-3 ? 0 : Math.clamp(value, -limit, limit);
    }

    private boolean isSame(PtzVelocity command, double fieldDegrees) {
        if (command.isZero() != sent.isZero()) {
            return false;
        }
        double least = SAME_OF_FIELD * fieldDegrees;
        return isSame(command.panDegreesPerSecond(), sent.panDegreesPerSecond(), least)
                && isSame(command.tiltDegreesPerSecond(), sent.tiltDegreesPerSecond(), least)
                && isSame(command.zoomRatePerSecond(), sent.zoomRatePerSecond(), SAME_ZOOM);
    }

    private static boolean isSame(double now, double before, double least) {
        return (now == 0) == (before == 0) && Math.abs(now - before) < Math.max(least, SAME * Math.abs(before));
    }
}
