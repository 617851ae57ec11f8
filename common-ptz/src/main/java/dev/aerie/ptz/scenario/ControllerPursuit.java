package dev.aerie.ptz.scenario;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.control.FollowController;
import dev.aerie.ptz.control.Framing;
import dev.aerie.ptz.control.TargetObservation;
import java.time.Duration;
import java.util.Optional;

/// Our controller.
public final class ControllerPursuit implements Pursuit {

    private final FollowController controller;

    public ControllerPursuit(FollowController controller, Framing framing) {
        this.controller = controller;
        controller.frame(framing);
    }

    @Override
    public void retarget() {
        controller.release();
    }

    @Override
    public void observe(TargetObservation observation) {
        controller.observe(observation);
    }

    @Override
    public void report(long nanos, PtzPosition position) {
        controller.report(nanos, position);
    }

    @Override
    public Optional<PtzVelocity> step(long nowNanos) {
        return controller.step(nowNanos);
    }

    @Override
    public Duration commandLifetime() {
        return controller.commandLifetime();
    }
}
