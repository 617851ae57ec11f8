package dev.aerie.ptz.device;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import java.time.Duration;
import java.util.List;

/// The motors behind a protocol server. Thread-safe; nothing blocks: a move goes on after the call has returned.
public interface PtzDevice {

    PtzCapabilities capabilities();

    /// Moves at a speed until `duration` has passed or another command comes.
    void moveAt(PtzVelocity velocity, Duration duration);

    /// Moves by angles; `zoomFactor` 1 leaves the zoom.
    void moveBy(double panDegrees, double tiltDegrees, double zoomFactor);

    void moveTo(PtzPosition position);

    void stop();

    PtzPosition position();

    /// Whether the motors run, as the device says: a faulty one may say so for ever.
    boolean isMoving();

    List<PtzPreset> presets();

    /// Keeps the present position under an identity, over an older preset of the same one.
    void savePreset(PtzPreset preset);

    /// Whether there is such a preset; moves there if so.
    boolean goToPreset(String id);

    /// Whether there was such a preset.
    boolean removePreset(String id);
}
