package dev.aerie.ptz.settings;

import dev.aerie.ptz.control.FollowConfig;
import java.util.Set;

/// Reads the section `control` of a camera, and that of the file for what the camera's leaves out: the fields of
/// [FollowConfig] but the lease of a command, which is the service's.
public final class ControlReader {

    private static final Set<String> KEYS = Set.of(
            "gain_per_second",
            "gain_margin",
            "unknown_share_of_dead_time",
            "dead_zone",
            "dead_zone_of_target",
            "rest_share",
            "box_noise",
            "frame_noise",
            "acceleration_deg_s2",
            "jerk_deg_s3",
            "grace_seconds",
            "prediction_seconds",
            "search_seconds");

    private static final double MAX_SECONDS = 3600;
    private static final double MAX_ACCELERATION = 10_000;
    private static final double MAX_JERK = 1_000_000;

    private ControlReader() {}

    /// Throws [dev.aerie.settings.InvalidSettingException] with one line that names file, camera and key.
    public static FollowConfig read(SiteSettings site, CameraSettings camera) {
        var section = LayeredSection.of("control", camera, site).requireKeys(KEYS);
        var standard = FollowConfig.DEFAULT;
        return section.checked(() -> new FollowConfig(
                section.number("gain_per_second", 0.1, 10, standard.gainPerSecond()),
                section.number("gain_margin", 0.05, 1, standard.gainMargin()),
                section.number("unknown_share_of_dead_time", 0, 1, standard.unknownShareOfDeadTime()),
                section.number("dead_zone", 0, 0.5, standard.deadZone()),
                section.number("dead_zone_of_target", 0, 0.5, standard.deadZoneOfTarget()),
                section.number("rest_share", 0, 1, standard.restShare()),
                section.number("box_noise", 0, 1, standard.boxNoise()),
                section.number("frame_noise", 0.0001, 1, standard.frameNoise()),
                section.number("acceleration_deg_s2", 1, MAX_ACCELERATION, standard.accelerationDegreesPerSecond2()),
                section.number("jerk_deg_s3", 1, MAX_JERK, standard.jerkDegreesPerSecond3()),
                section.number("grace_seconds", 0.01, MAX_SECONDS, standard.graceSeconds()),
                section.number("prediction_seconds", 0.01, MAX_SECONDS, standard.predictionSeconds()),
                section.number("search_seconds", 0, MAX_SECONDS, standard.searchSeconds()),
                standard.commandSeconds()));
    }
}
