package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.Direction;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import java.util.Optional;

/// The target in angles of the world: each observation is the angle in the image plus the angle of the camera when the
/// frame was taken. Used by one thread.
///
/// An observation that surprises by too much is left out; several that surprise in the same way replace the
/// target, if they last half a second or as long as the target had been seen before.
final class TargetFilter {

    private static final double SURPRISING = 5;
    private static final double REPLACES_AFTER_SECONDS = 0.45;
    private static final int REPLACES_AFTER_OBSERVATIONS = 2;

    /// How well capture times and camera positions agree, in seconds.
    private static final double TIMING_SECONDS = 0.015;

    /// The same, as a share of the dead time that is known that well.
    private static final double TIMING_OF_DEAD_TIME = 0.06;

    /// A head that swings looks like a target that swings: the longer it does, the slower the filter believes it.
    private static final double SWING = 8;

    /// Shares of the field of view: noise of the acceleration per second, and of the speed at first.
    private static final double STEADY = 0.03;

    private static final double CHANGING = 0.35;
    private static final double FIRST_SPEED = 0.2;
    private static final double DECAY_SECONDS = 1.5;
    private static final double SWITCHES_PER_SECOND = 0.6;
    private static final double SIZE_GAIN_SECONDS = 0.35;
    private static final double HIGHEST_TILT_DEGREES = 85;

    /// Surprises agree with each other within this share of the field of view.
    private static final double ALIKE = 0.15;

    private final Lens lens;
    private final FollowConfig config;
    private final FollowEvents events;
    private final CameraDynamics dynamics;
    private final double timingSeconds;
    private AngleFilter pan;
    private AngleFilter tilt;
    private double logSize;
    private double logSizeRate;
    private long nanos;
    private long begunNanos;
    private boolean begun;
    private int surprises;
    private long surprisingSinceNanos;
    private Direction surprise = new Direction(0, 0);

    TargetFilter(Lens lens, FollowConfig config, CameraDynamics dynamics, FollowEvents events) {
        timingSeconds = TIMING_SECONDS + TIMING_OF_DEAD_TIME * dynamics.deadTimeSeconds();
        this.lens = lens;
        this.config = config;
        this.dynamics = dynamics;
        this.events = events;
        pan = filter(1);
        tilt = filter(1);
    }

    private AngleFilter filter(double zoom) {
        double field = lens.hfovDegrees(zoom) / (1 + SWING * dynamics.settleSeconds());
        return new AngleFilter(square(STEADY * field), square(CHANGING * field), DECAY_SECONDS, SWITCHES_PER_SECOND);
    }

    private static double square(double value) {
        return value * value;
    }

    void forget() {
        begun = false;
        surprises = 0;
    }

    boolean hasTarget() {
        return begun;
    }

    /// Capture time of the last observation that was taken in.
    long lastSeenNanos() {
        return nanos;
    }

    /// Returns whether the observation was taken in.
    ///
    /// - `camera`, `cameraSpeed`: when the frame was taken
    boolean observe(TargetObservation observation, PtzPosition camera, PtzVelocity cameraSpeed) {
        Measurement measured = measure(observation, camera, cameraSpeed);
        if (!begun) {
            begin(measured);
            return true;
        }
        double seconds = (measured.nanos() - nanos) / 1e9;
        if (seconds <= 0) {
            return false;
        }
        if (surprises(measured, seconds)) {
            return replaces(measured);
        }
        surprises = 0;
        nanos = measured.nanos();
        pan.advance(seconds);
        tilt.advance(seconds);
        pan.observe(measured.direction().panDegrees(), measured.panVariance());
        tilt.observe(measured.direction().tiltDegrees(), measured.tiltVariance());
        observeSize(measured.logSize(), seconds);
        return true;
    }

    /// One observation in angles of the world.
    ///
    /// - `panVariance`, `tiltVariance`: degrees²
    /// - `logSize`: logarithm of [TargetEstimate#sizeTangent]
    private record Measurement(
            long nanos, double zoom, Direction direction, double panVariance, double tiltVariance, double logSize) {}

    private Measurement measure(TargetObservation observation, PtzPosition camera, PtzVelocity cameraSpeed) {
        Direction seen = lens.directionOf(new ImagePoint(observation.x(), observation.y()), camera);
        double near = begun ? nearest(seen.panDegrees(), pan.angleIn(0)) : seen.panDegrees();
        double level = Math.cos(Math.toRadians(Math.min(HIGHEST_TILT_DEGREES, Math.abs(seen.tiltDegrees()))));
        double panNoise = degrees(lens.halfWidthTangent(camera.zoom()), observation.width()) / level;
        double tiltNoise = degrees(lens.halfHeightTangent(camera.zoom()), observation.height());
        return new Measurement(
                observation.captureTimeNanos(),
                camera.zoom(),
                new Direction(near, seen.tiltDegrees()),
                square(panNoise) + square(timingSeconds * cameraSpeed.panDegreesPerSecond()),
                square(tiltNoise) + square(timingSeconds * cameraSpeed.tiltDegreesPerSecond()),
                Math.log(Math.max(1e-4, tangent(observation, camera.zoom()))));
    }

    private double degrees(double halfTangent, double size) {
        double noise = Math.hypot(config.frameNoise(), config.boxNoise() * 2 * size);
        return Math.toDegrees(Math.atan(halfTangent * noise));
    }

    private void begin(Measurement measured) {
        double firstSpeed = FIRST_SPEED * lens.hfovDegrees(measured.zoom());
        pan = filter(measured.zoom());
        tilt = filter(measured.zoom());
        pan.begin(measured.direction().panDegrees(), measured.panVariance(), firstSpeed);
        tilt.begin(measured.direction().tiltDegrees(), measured.tiltVariance(), firstSpeed);
        logSize = measured.logSize();
        logSizeRate = 0;
        nanos = measured.nanos();
        begunNanos = nanos;
        surprises = 0;
        begun = true;
    }

    private boolean surprises(Measurement measured, double seconds) {
        return pan.in(seconds).surprise(measured.direction().panDegrees(), measured.panVariance()) > SURPRISING
                || tilt.in(seconds).surprise(measured.direction().tiltDegrees(), measured.tiltVariance()) > SURPRISING;
    }

    /// Returns whether this surprise and those before it show that the target is there.
    private boolean replaces(Measurement measured) {
        boolean alike =
                surprises > 0 && surprise.angleTo(measured.direction()) < ALIKE * lens.hfovDegrees(measured.zoom());
        if (!alike) {
            surprises = 0;
            surprisingSinceNanos = measured.nanos();
        }
        surprises++;
        surprise = measured.direction();
        double lasted = (measured.nanos() - surprisingSinceNanos) / 1e9;
        double seen = (nanos - begunNanos) / 1e9;
        if (surprises < REPLACES_AFTER_OBSERVATIONS || lasted < Math.min(REPLACES_AFTER_SECONDS, seen)) {
            return false;
        }
        events.replaced(surprises, surprise.angleTo(new Direction(pan.angleIn(0), tilt.angleIn(0))));
        begin(measured);
        return true;
    }

    private void observeSize(double logSeen, double seconds) {
        double gain = Math.min(1, seconds / SIZE_GAIN_SECONDS);
        logSize += logSizeRate * seconds;
        double innovation = Math.clamp(logSeen - logSize, -0.5, 0.5);
        logSize += gain * innovation;
        logSizeRate = Math.clamp(logSizeRate + 0.25 * gain * gain * innovation / Math.max(seconds, 0.01), -1, 1);
    }

    private double tangent(TargetObservation observation, double zoom) {
        return Math.max(observation.width(), observation.height()) * lens.halfWidthTangent(zoom);
    }

    private static double nearest(double degrees, double to) {
        return degrees - 360 * Math.rint((degrees - to) / 360);
    }

    /// Turns all angles, for a frame of reference that turned.
    void turn(double panDegrees, double tiltDegrees) {
        pan.turn(panDegrees);
        tilt.turn(tiltDegrees);
    }

    /// The target at a time; empty while there is none.
    Optional<TargetEstimate> at(long atNanos) {
        if (!begun) {
            return Optional.empty();
        }
        double seconds = Math.max(0, (atNanos - nanos) / 1e9);
        return Optional.of(new TargetEstimate(
                atNanos,
                new Direction(pan.angleIn(seconds), Math.clamp(tilt.angleIn(seconds), -90.0, 90.0)),
                pan.speedIn(seconds),
                tilt.speedIn(seconds),
                Math.exp(logSize + logSizeRate * Math.min(seconds, 1))));
    }
}
