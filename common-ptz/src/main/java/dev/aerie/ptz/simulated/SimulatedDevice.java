package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.PtzDevice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A simulated camera's motors in the time of a clock, for protocol servers and for the renderer. Thread-safe; it has
/// no thread of its own: each call first lets the time pass that has passed.
public final class SimulatedDevice implements PtzDevice {

    private final InstantSource clock;
    private final PtzMechanics mechanics;
    private final Map<String, Preset> presets = new LinkedHashMap<>();
    private Instant last;

    private record Preset(PtzPreset preset, PtzPosition position) {}

    /// - `clock`: the real one, or a test's; going back does nothing
    /// - `random`: draws the jitter of the latency
    public SimulatedDevice(Personality personality, PtzPosition start, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        mechanics = new PtzMechanics(personality, start, random);
        last = clock.instant();
    }

    private PtzMechanics current() {
        Instant now = clock.instant();
        if (now.isAfter(last)) {
            mechanics.advance(Duration.between(last, now).toNanos());
            last = now;
        }
        return mechanics;
    }

    public Personality personality() {
        return mechanics.personality();
    }

    /// Where it really points: what a camera in this place would show.
    public synchronized PtzPosition truePosition() {
        return current().position();
    }

    /// How fast it really moves.
    public synchronized PtzVelocity trueVelocity() {
        return current().velocity();
    }

    @Override
    public PtzCapabilities capabilities() {
        return personality().capabilities();
    }

    @Override
    public synchronized void moveAt(PtzVelocity velocity, Duration duration) {
        current().moveAt(velocity, duration);
    }

    @Override
    public synchronized void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) {
        current().moveBy(panDegrees, tiltDegrees, zoomFactor);
    }

    @Override
    public synchronized void moveTo(PtzPosition position) {
        current().moveTo(position);
    }

    @Override
    public synchronized void stop() {
        current().stop();
    }

    /// As the personality tells it; [PtzPosition#HOME] from one that tells nothing.
    @Override
    public synchronized PtzPosition position() {
        return current().reportedPosition();
    }

    @Override
    public synchronized boolean isMoving() {
        return current().reportsMoving();
    }

    @Override
    public synchronized List<PtzPreset> presets() {
        var kept = new ArrayList<PtzPreset>();
        presets.values().forEach(preset -> kept.add(preset.preset()));
        return List.copyOf(kept);
    }

    @Override
    public synchronized void savePreset(PtzPreset preset) {
        presets.put(preset.id(), new Preset(preset, current().position()));
    }

    @Override
    public synchronized boolean goToPreset(String id) {
        Preset preset = presets.get(id);
        if (preset == null) {
            return false;
        }
        current().moveTo(preset.position());
        return true;
    }

    @Override
    public synchronized boolean removePreset(String id) {
        return presets.remove(id) != null;
    }
}
