package dev.aerie.ptz.device;

import com.google.errorprone.annotations.FormatMethod;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Motors that jump to where they are sent, and note what they were asked for.
public final class RecordingDevice implements PtzDevice {

    private final PtzCapabilities capabilities;
    private final List<String> commands = new ArrayList<>();
    private final Map<String, PtzPreset> presets = new LinkedHashMap<>();
    private final Map<String, PtzPosition> places = new LinkedHashMap<>();
    private PtzPosition position = PtzPosition.HOME;
    private boolean moving;

    public RecordingDevice() {
        this(new PtzCapabilities(
                EnumSet.allOf(Move.class),
                true,
                new PtzRange(-170, 170),
                new PtzRange(-90, 30),
                new PtzRange(1, 21),
                new PtzVelocity(100, 50, 0.5),
                200));
    }

    public RecordingDevice(PtzCapabilities capabilities) {
        this.capabilities = capabilities;
    }

    /// What it was asked for since the last time.
    public synchronized List<String> takeCommands() {
        var taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    @Override
    public PtzCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public synchronized void moveAt(PtzVelocity velocity, Duration duration) {
        note(
                "moveAt %.3f %.3f %.3f %d ms",
                velocity.panDegreesPerSecond(),
                velocity.tiltDegreesPerSecond(),
                velocity.zoomRatePerSecond(),
                duration.toMillis());
        moving = true;
    }

    @Override
    public synchronized void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) {
        note("moveBy %.3f %.3f %.3f", panDegrees, tiltDegrees, zoomFactor);
        position = new PtzPosition(
                position.panDegrees() + panDegrees,
                position.tiltDegrees() + tiltDegrees,
                Math.max(1, position.zoom() * zoomFactor));
    }

    @Override
    public synchronized void moveTo(PtzPosition target) {
        note("moveTo %.3f %.3f %.3f", target.panDegrees(), target.tiltDegrees(), target.zoom());
        position = target;
    }

    @Override
    public synchronized void stop() {
        note("stop");
        moving = false;
    }

    @Override
    public synchronized PtzPosition position() {
        return position;
    }

    @Override
    public synchronized boolean isMoving() {
        return moving;
    }

    @Override
    public synchronized List<PtzPreset> presets() {
        return List.copyOf(presets.values());
    }

    @Override
    public synchronized void savePreset(PtzPreset preset) {
        note("savePreset %s %s", preset.id(), preset.name());
        presets.put(preset.id(), preset);
        places.put(preset.id(), position);
    }

    @Override
    public synchronized boolean goToPreset(String id) {
        note("goToPreset %s", id);
        position = places.getOrDefault(id, position);
        return places.containsKey(id);
    }

    @Override
    public synchronized boolean removePreset(String id) {
        note("removePreset %s", id);
        places.remove(id);
        return presets.remove(id) != null;
    }

    @FormatMethod
    private void note(String format, Object... values) {
        commands.add(String.format(Locale.ROOT, format, values));
    }
}
