package dev.aerie.simulator.ptz;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.PtzDevice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Motors that count the moves that they were commanded. Any thread.
public final class CountedDevice implements PtzDevice {

    private final PtzDevice device;
    private final LongAdder moves = new LongAdder();

    public CountedDevice(PtzDevice device) {
        this.device = device;
    }

    /// Commands to move or to stop, so far.
    public long moves() {
        return moves.sum();
    }

    @Override
    public PtzCapabilities capabilities() {
        return device.capabilities();
    }

    @Override
    public void moveAt(PtzVelocity velocity, Duration duration) {
        moves.increment();
        device.moveAt(velocity, duration);
    }

    @Override
    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) {
        moves.increment();
        device.moveBy(panDegrees, tiltDegrees, zoomFactor);
    }

    @Override
    public void moveTo(PtzPosition position) {
        moves.increment();
        device.moveTo(position);
    }

    @Override
    public void stop() {
        moves.increment();
        device.stop();
    }

    @Override
    public PtzPosition position() {
        return device.position();
    }

    @Override
    public boolean isMoving() {
        return device.isMoving();
    }

    @Override
    public List<PtzPreset> presets() {
        return device.presets();
    }

    @Override
    public void savePreset(PtzPreset preset) {
        device.savePreset(preset);
    }

    @Override
    public boolean goToPreset(String id) {
        moves.increment();
        return device.goToPreset(id);
    }

    @Override
    public boolean removePreset(String id) {
        return device.removePreset(id);
    }
}
