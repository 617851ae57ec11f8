package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.control.ProportionalRule;
import dev.aerie.ptz.control.TargetObservation;
import java.time.Duration;
import java.util.Optional;

/// The documents' rule as it stands: speed in percent of the camera's greatest, in proportion to the smoothed offset.
/// No zoom. It sends as often as the camera takes, and stops when it has seen nothing for a second.
public final class RulePursuit implements Pursuit {

    /// The documents name the average and no weight for it.
    private static final double ALPHA = 0.5;

    private static final long UNSEEN_NANOS = 1_000_000_000;

    private final PtzVelocity maxSpeed;
    private final long intervalNanos;
    private double x;
    private double y;
    private boolean seen;
    private long seenNanos = Long.MIN_VALUE / 2;
    private long sentNanos = Long.MIN_VALUE / 2;
    private PtzVelocity sent = PtzVelocity.ZERO;

    public RulePursuit(PtzVelocity maxSpeed, double maxCommandsPerSecond) {
        this.maxSpeed = maxSpeed;
        intervalNanos = Math.round(1e9 / maxCommandsPerSecond);
    }

    @Override
    public void retarget() {
        seen = false;
    }

    @Override
    public void observe(TargetObservation observation) {
        x = seen ? ProportionalRule.smoothed(ALPHA, observation.x(), x) : observation.x();
        y = seen ? ProportionalRule.smoothed(ALPHA, observation.y(), y) : observation.y();
        seen = true;
        seenNanos = observation.captureTimeNanos();
    }

    @Override
    public void report(long nanos, PtzPosition position) {}

    @Override
    public Optional<PtzVelocity> step(long nowNanos) {
        if (nowNanos - sentNanos < intervalNanos) {
            return Optional.empty();
        }
        boolean current = seen && nowNanos - seenNanos < UNSEEN_NANOS;
        PtzVelocity wanted = current
                ? new PtzVelocity(
                        ProportionalRule.speedFromNorm(x) / 100.0 * maxSpeed.panDegreesPerSecond(),
                        ProportionalRule.speedFromNorm(y) / 100.0 * maxSpeed.tiltDegreesPerSecond(),
                        0)
                : PtzVelocity.ZERO;
        boolean repeat =
                !wanted.isZero() && nowNanos - sentNanos > commandLifetime().toNanos() / 2;
        if (wanted.equals(sent) && !repeat) {
            return Optional.empty();
        }
        sent = wanted;
        sentNanos = nowNanos;
        return Optional.of(wanted);
    }

    @Override
    public Duration commandLifetime() {
        return Duration.ofMillis(1500);
    }
}
