package dev.aerie.ptz.command;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.SimulatedCamera;
import dev.aerie.ptz.simulated.SimulatedDevice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A simulated camera that fails as it is told, and remembers what it was sent. Its moves have no end of their own
/// where [#endless] says so.
public final class ScriptedCamera implements PtzCamera {

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final long HANG_SECONDS = 60;

    /// What it was asked for, in order, whether it did it or not.
    public final List<String> asked = new CopyOnWriteArrayList<>();

    public final SimulatedDevice device =
            new SimulatedDevice(Personalities.IDEAL, PtzPosition.HOME, InstantSource.system(), new Random(1));

    private final SimulatedCamera camera = new SimulatedCamera(device);
    private volatile boolean endless;
    private volatile boolean deaf;
    private volatile Reason failure = Reason.UNREACHABLE;
    private volatile boolean fails;
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    /// A camera without a time-out of its own.
    public ScriptedCamera endless() {
        endless = true;
        return this;
    }

    /// It fails from now on.
    public void failWith(Reason reason) {
        failure = reason;
        fails = true;
    }

    /// It does what it is told, but its answers are lost.
    public void loseAnswers() {
        deaf = true;
    }

    /// It restarts: does not answer, has forgotten what it was told, and wakes up at home.
    public void reboot() {
        failWith(Reason.UNREACHABLE);
        device.moveTo(PtzPosition.HOME);
    }

    /// It answers again.
    public void recover() {
        fails = false;
        deaf = false;
        hanging.countDown();
    }

    /// Its next answers do not come until [#recover].
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    @Override
    public PtzCapabilities capabilities() throws PtzException {
        return camera.capabilities();
    }

    @Override
    public void moveAt(PtzVelocity velocity, Duration duration) throws PtzException {
        answer("moveAt " + velocity.panDegreesPerSecond());
        camera.moveAt(velocity, endless ? FOR_EVER : duration);
        loseAnswer();
    }

    @Override
    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException {
        answer("moveBy " + panDegrees);
        camera.moveBy(panDegrees, tiltDegrees, zoomFactor);
        loseAnswer();
    }

    @Override
    public void moveTo(PtzPosition position) throws PtzException {
        answer("moveTo " + position.panDegrees());
        camera.moveTo(position);
        loseAnswer();
    }

    @Override
    public void stop() throws PtzException {
        answer("stop");
        camera.stop();
        loseAnswer();
    }

    @Override
    public PtzPosition position() throws PtzException {
        answer("position");
        loseAnswer();
        return camera.position();
    }

    @Override
    public List<PtzPreset> presets() throws PtzException {
        answer("presets");
        return camera.presets();
    }

    @Override
    public void goToPreset(String id) throws PtzException {
        answer("goToPreset " + id);
        camera.goToPreset(id);
    }

    @Override
    public PtzPreset savePreset(String name) throws PtzException {
        answer("savePreset " + name);
        return camera.savePreset(name);
    }

    @Override
    public void removePreset(String id) throws PtzException {
        answer("removePreset " + id);
        camera.removePreset(id);
    }

    @Override
    public void close() {
        asked.add("close");
    }

    /// Moves that it was asked for, questions left out.
    public List<String> commands() {
        return asked.stream().filter(one -> !one.equals("position")).toList();
    }

    /// How fast it really turns, degrees per second.
    public double speed() {
        return Math.hypot(
                device.trueVelocity().panDegreesPerSecond(),
                device.trueVelocity().tiltDegreesPerSecond());
    }

    private void answer(String what) throws PtzException {
        asked.add(what);
        try {
            if (!hanging.await(HANG_SECONDS, TimeUnit.SECONDS)) {
                throw new PtzException(Reason.UNREACHABLE, "no answer within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PtzException(Reason.UNREACHABLE, "interrupted", e);
        }
        if (fails) {
            throw new PtzException(failure, "camera test: " + what + " failed");
        }
    }

    private void loseAnswer() throws PtzException {
        if (deaf) {
            throw new PtzException(Reason.UNREACHABLE, "camera test: the answer was lost");
        }
    }
}
