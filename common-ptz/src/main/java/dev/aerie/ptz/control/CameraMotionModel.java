package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.ArrayDeque;

/// Where the camera pointed, points and will point, from the commands that it was given: nothing sent from now on can
/// change its way before the dead time has passed, so the model is always that far ahead. Used by one thread.
///
/// Positions are correct up to an offset as long as the camera reports none; differences are correct.
final class CameraMotionModel {

    private static final long STEP_NANOS = 10_000_000;
    private static final int STEPS = 1024;
    private static final double STEP_SECONDS = STEP_NANOS / 1e9;

    private final CameraDynamics dynamics;
    private final PtzCapabilities capabilities;
    private final PtzRange zoomRange;
    private final long deadNanos;
    private final double[][] way = new double[STEPS][];
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    private final double[] speed = new double[3];
    private Command inForce = new Command(Long.MIN_VALUE, Long.MAX_VALUE, PtzVelocity.ZERO);
    private long firstStep;
    private long frontStep = -1;
    private boolean absolute;
    private double panOffset;
    private double tiltOffset;

    /// - `startNanos`, `endNanos`: at the motors
    private record Command(long startNanos, long endNanos, PtzVelocity velocity) {}

    /// - `capabilities`: the ranges; the zoom is taken to be at its lower end at first
    CameraMotionModel(CameraDynamics dynamics, PtzCapabilities capabilities) {
        this.dynamics = dynamics;
        this.capabilities = capabilities;
        zoomRange = capabilities.zoom();
        deadNanos = Math.round(dynamics.deadTimeSeconds() * 1e9);
    }

    /// A command leaves for the camera now.
    void commanded(long nowNanos, PtzVelocity velocity, Duration lifetime) {
        advanceTo(nowNanos);
        long start = nowNanos + deadNanos;
        commands.addLast(new Command(start, start + lifetime.toNanos(), velocity));
    }

    /// Brings the model up to date: its front is now, plus the dead time.
    void advanceTo(long nowNanos) {
        long front = (nowNanos + deadNanos) / STEP_NANOS;
        if (frontStep < 0 || front - frontStep > STEPS) {
            double[] here = frontStep < 0 ? new double[] {0, 0, Math.log(zoomRange.min())} : at(frontStep);
            firstStep = front;
            frontStep = front;
            way[index(front)] = here;
        }
        while (frontStep < front) {
            double[] next = next(at(frontStep), frontStep * STEP_NANOS + STEP_NANOS / 2);
            frontStep++;
            firstStep = Math.max(firstStep, frontStep - STEPS + 1);
            way[index(frontStep)] = next;
        }
    }

    private double[] next(double[] here, long nanos) {
        while (!commands.isEmpty() && commands.getFirst().startNanos() <= nanos) {
            inForce = commands.removeFirst();
        }
        PtzVelocity wanted = nanos < inForce.endNanos() ? inForce.velocity() : PtzVelocity.ZERO;
        double zoomChange = CameraDynamics.ZOOM_ACCELERATION_PER_SECOND2 * STEP_SECONDS;
        double pan = here[0]
                + travel(
                        0,
                        wanted.panDegreesPerSecond() * dynamics.pan().scale(),
                        dynamics.pan().acceleration() * STEP_SECONDS);
        double tilt = here[1]
                + travel(
                        1,
                        wanted.tiltDegreesPerSecond() * dynamics.tilt().scale(),
                        dynamics.tilt().acceleration() * STEP_SECONDS);
        double logZoom = here[2] + travel(2, wanted.zoomRatePerSecond(), zoomChange);
        if (absolute) {
            pan = capabilities.panDegrees().clamp(pan + panOffset) - panOffset;
            tilt = capabilities.tiltDegrees().clamp(tilt + tiltOffset) - tiltOffset;
        }
        return new double[] {pan, tilt, Math.clamp(logZoom, Math.log(zoomRange.min()), Math.log(zoomRange.max()))};
    }

    private double travel(int axis, double wanted, double change) {
        double before = speed[axis];
        speed[axis] += Math.clamp(wanted - before, -change, change);
        return (before + speed[axis]) / 2 * STEP_SECONDS;
    }

    /// Where it points at a time, from ten seconds ago up to the dead time ahead; the nearest known beyond that;
    /// where it is taken to have begun, before the first [#advanceTo].
    PtzPosition positionAt(long nanos) {
        if (frontStep < 0) {
            return new PtzPosition(panOffset, tiltOffset, zoomRange.min());
        }
        long step = Math.clamp(Math.floorDiv(nanos, STEP_NANOS), firstStep, frontStep);
        double[] from = at(step);
        double[] to = at(Math.min(step + 1, frontStep));
        double share = Math.clamp((nanos - step * STEP_NANOS) / (double) STEP_NANOS, 0.0, 1.0);
        return new PtzPosition(
                from[0] + share * (to[0] - from[0]) + panOffset,
                from[1] + share * (to[1] - from[1]) + tiltOffset,
                Math.max(1, Math.exp(from[2] + share * (to[2] - from[2]))));
    }

    /// How fast it moves at a time.
    PtzVelocity velocityAt(long nanos) {
        PtzPosition before = positionAt(nanos - STEP_NANOS);
        PtzPosition after = positionAt(nanos + STEP_NANOS);
        return new PtzVelocity(
                (after.panDegrees() - before.panDegrees()) / (2 * STEP_SECONDS),
                (after.tiltDegrees() - before.tiltDegrees()) / (2 * STEP_SECONDS),
                Math.log(after.zoom() / before.zoom()) / (2 * STEP_SECONDS));
    }

    /// From now on positions are those of the camera, so that its ranges hold.
    void becomeAbsolute() {
        absolute = true;
    }

    /// Turns the whole way, past and future, by angles.
    void correct(double panDegrees, double tiltDegrees) {
        panOffset += panDegrees;
        tiltOffset += tiltDegrees;
    }

    /// Multiplies the zoom of the whole way.
    void correctZoom(double factor) {
        double low = Math.log(zoomRange.min());
        double high = Math.log(zoomRange.max());
        for (long step = firstStep; step <= frontStep && frontStep >= 0; step++) {
            at(step)[2] = Math.clamp(at(step)[2] + Math.log(factor), low, high);
        }
    }

    private double[] at(long step) {
        return way[index(step)];
    }

    private static int index(long step) {
        return Math.floorMod(step, STEPS);
    }
}
