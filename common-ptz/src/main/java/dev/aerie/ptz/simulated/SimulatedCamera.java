package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.PtzDevice;
import java.time.Duration;
import java.util.List;

/// The driver `simulated`: a camera in this process, with no protocol between.
public final class SimulatedCamera implements PtzCamera {

    private final PtzDevice device;
    private final PtzCapabilities capabilities;

    public SimulatedCamera(PtzDevice device) {
        this.device = device;
        capabilities = device.capabilities();
    }

    @Override
    public PtzCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public void moveAt(PtzVelocity velocity, Duration duration) throws PtzException {
        require(Move.CONTINUOUS);
        device.moveAt(velocity, duration);
    }

    @Override
    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException {
        require(Move.RELATIVE);
        device.moveBy(panDegrees, tiltDegrees, zoomFactor);
    }

    @Override
    public void moveTo(PtzPosition position) throws PtzException {
        require(Move.ABSOLUTE);
        device.moveTo(position);
    }

    private void require(Move move) throws PtzException {
        if (!capabilities.can(move)) {
            throw new PtzException(Reason.UNSUPPORTED, "the simulated camera takes no move of kind " + move);
        }
    }

    @Override
    public void stop() {
        device.stop();
    }

    @Override
    public PtzPosition position() throws PtzException {
        if (!capabilities.reportsPosition()) {
            throw new PtzException(Reason.UNSUPPORTED, "the simulated camera reports no position");
        }
        return device.position();
    }

    @Override
    public List<PtzPreset> presets() {
        return device.presets();
    }

    @Override
    public void goToPreset(String id) throws PtzException {
        if (!device.goToPreset(id)) {
            throw new PtzException(Reason.REFUSED, "the simulated camera has no preset " + id);
        }
    }

    @Override
    public PtzPreset savePreset(String name) throws PtzException {
        var taken = device.presets().stream().map(PtzPreset::id).toList();
        for (int id = 1; id <= capabilities.maxPresets(); id++) {
            if (!taken.contains(String.valueOf(id))) {
                var preset = new PtzPreset(String.valueOf(id), name);
                device.savePreset(preset);
                return preset;
            }
        }
        throw new PtzException(
                Reason.REFUSED, "the simulated camera keeps " + capabilities.maxPresets() + " presets at most");
    }

    @Override
    public void removePreset(String id) throws PtzException {
        if (!device.removePreset(id)) {
            throw new PtzException(Reason.REFUSED, "the simulated camera has no preset " + id);
        }
    }

    @Override
    public void close() {}
}
