package dev.aerie.ptz.measure;

import dev.aerie.ptz.calibration.Calibration;
import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.ptz.calibration.ImageMotion;
import dev.aerie.ptz.calibration.SelfCalibration;
import dev.aerie.ptz.calibration.SelfCalibration.State;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.command.CameraCommand;
import dev.aerie.ptz.fleet.SteeredCamera;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a camera's self-calibration, which moves the camera as an operator of its own name does: nothing else
/// steers meanwhile, and a person who commands the camera ends it. Safe for several threads.
public final class OngoingCalibration {

    /// In control of the camera while it runs.
    public static final String OPERATOR = "self-calibration";

    private static final Logger LOG = LoggerFactory.getLogger(OngoingCalibration.class);

    private final SteeredCamera camera;
    private final SelfCalibration procedure;
    private final Consumer<Calibration> done;
    private long lastFrameNanos = Long.MIN_VALUE;
    private String cancelled = "";
    private boolean ended;

    /// - `procedure`: at its beginning
    /// - `done`: told the result
    OngoingCalibration(SteeredCamera camera, SelfCalibration procedure, Consumer<Calibration> done) {
        this.camera = camera;
        this.procedure = procedure;
        this.done = done;
    }

    public synchronized boolean isRunning() {
        return !ended;
    }

    /// Share of its moves that are done, 0..1.
    public synchronized double progress() {
        return procedure.progress();
    }

    public synchronized Optional<Calibration> result() {
        return procedure.result();
    }

    /// Why there is no result; empty while it runs, and where there is one.
    public synchronized String failure() {
        return cancelled.isEmpty() ? procedure.failure() : cancelled;
    }

    /// The motion of the image up to a frame.
    ///
    /// - `unixNanos`: when it was taken, on this machine's clock
    synchronized void observe(long unixNanos, List<FlowVector> vectors) {
        if (!ended && lastFrameNanos != Long.MIN_VALUE && unixNanos > lastFrameNanos) {
            procedure.observe(new ImageMotion(lastFrameNanos, unixNanos, vectors));
        }
        lastFrameNanos = Math.max(lastFrameNanos, unixNanos);
    }

    /// Goes on; called 20 times a second.
    synchronized void step(long unixNanos) {
        if (ended) {
            return;
        }
        if (!camera.hold(OPERATOR)) {
            cancelled = "a person took over, or another service";
            end();
            return;
        }
        procedure.step(unixNanos).ifPresent(this::send);
        if (procedure.state() == State.DONE || procedure.state() == State.FAILED) {
            end();
            camera.release(OPERATOR);
        }
    }

    private void send(PtzVelocity velocity) {
        long until = System.nanoTime() + SelfCalibration.COMMAND_LIFETIME.toNanos();
        var _ = camera.operateIfHeld(
                OPERATOR,
                velocity.isZero() ? new CameraCommand.Stop("calibration") : new CameraCommand.Move(velocity, until));
    }

    private void end() {
        ended = true;
        procedure
                .result()
                .ifPresentOrElse(
                        this::tell,
                        () -> LOG.warn("calibration failed camera={} cause=\"{}\"", camera.name(), failure()));
    }

    private void tell(Calibration found) {
        LOG.info(
                "calibrated camera={} deadTimeSeconds={} panScale={} tiltScale={} hfovDegrees={} confidence={}",
                camera.name(),
                found.deadTimeSeconds(),
                found.panScale(),
                found.tiltScale(),
                found.hfovDegrees(),
                found.confidence());
        done.accept(found);
    }
}
