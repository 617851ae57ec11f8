package dev.aerie.ptz.settings;

import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.settings.cameras.FieldOfView;
import dev.aerie.settings.cameras.JsonSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One camera of `camera_settings.json`.
///
/// - `name`: unique in the file, `[a-z0-9][a-z0-9_-]{0,62}`
/// - `stream`: of its video; by default its name
/// - `connection`: empty for a simulated camera that runs in this process
/// - `fieldOfView`: empty where nobody measured it
/// - `ranges`, `maxSpeed`: empty where the file does not say; the camera is asked then, or [PtzRanges#DEFAULT] and
///   [#DEFAULT_MAX_SPEED] hold
/// - `mounting`: on the site; empty where unknown
/// - `deadTime`: from a command to the first frame that shows its effect; empty where not measured
/// - `tiltSign`: -1 for an ISAPI camera whose elevation grows downwards, 1 for one where it grows upwards
/// - `momentary`: whether an ISAPI camera stops by itself after a time; empty to believe what it says
/// - `patrol`: what it does when idle
/// - `json`: the whole object, for the sections that other packages define ([#section])
public record CameraSettings(
        String name,
        String stream,
        Driver driver,
        Optional<CameraConnection> connection,
        Optional<FieldOfView> fieldOfView,
        Optional<PtzRanges> ranges,
        Optional<PtzVelocity> maxSpeed,
        Optional<MountingPose> mounting,
        Optional<Duration> deadTime,
        int tiltSign,
        Optional<Boolean> momentary,
        List<PatrolStop> patrol,
        JsonSetting json) {

    /// Assumed until a camera is calibrated.
    public static final PtzVelocity DEFAULT_MAX_SPEED = new PtzVelocity(80, 40, 0.5);

    /// Objects and lists of a camera that this package leaves to those who use them.
    static final Set<String> OPEN_SECTIONS =
            Set.of("aim", "calibration", "control", "handoff", "personality", "priorities", "priority", "zones");

    public CameraSettings {
        patrol = List.copyOf(patrol);
    }

    /// A section that another package defines, one of [#OPEN_SECTIONS].
    public Optional<JsonSetting> section(String key) {
        if (!OPEN_SECTIONS.contains(key)) {
            throw new IllegalArgumentException(key + " is no open section");
        }
        return json.optional(key);
    }
}
