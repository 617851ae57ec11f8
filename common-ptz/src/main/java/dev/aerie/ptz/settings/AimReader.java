package dev.aerie.ptz.settings;

import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.FramingRule;
import dev.aerie.ptz.aim.GroupConfig;
import dev.aerie.ptz.aim.InterestConfig;
import dev.aerie.ptz.aim.LossConfig;
import dev.aerie.ptz.aim.OvertakeConfig;
import dev.aerie.ptz.aim.RunnerConfig;
import java.util.Set;

/// Reads the sections `aim`, `priorities` and `zones` of a camera, and those of the file for what the camera's leave
/// out.
public final class AimReader {

    private static final Set<String> KEYS =
            Set.of("height_share", "max_width_share", "interest", "overtake", "loss", "runner", "group");
    private static final Set<String> INTEREST_KEYS = Set.of(
            "size_weight", "motion_weight", "novelty_weight", "full_size_share", "full_speed_deg_s", "novelty_seconds");
    private static final Set<String> OVERTAKE_KEYS = Set.of("factor", "confirm_seconds", "min_hold_seconds");
    private static final Set<String> LOSS_KEYS =
            Set.of("patience_seconds", "gate_heights", "gate_growth_deg_s", "max_size_ratio", "identity_gate_factor");
    private static final Set<String> RUNNER_KEYS = Set.of("min_speed_deg_s", "averaging_seconds", "overtake");
    private static final Set<String> GROUP_KEYS = Set.of(
            "min_spread_degrees",
            "join_distance",
            "leave_distance",
            "confirm_seconds",
            "keep_seconds",
            "margin",
            "height_share",
            "max_width_share");

    private static final double MIN_SHARE = 0.01;
    private static final double MIN_SECONDS = 0.01;
    private static final double MAX_SECONDS = 3600;
    private static final double MAX_FACTOR = 100;
    private static final double MAX_DEGREES = 360;

    private AimReader() {}

    /// Throws [dev.aerie.settings.InvalidSettingException] with one line that names file, camera and key.
    public static AimConfig read(SiteSettings site, CameraSettings camera) {
        var aim = LayeredSection.of("aim", camera, site).requireKeys(KEYS);
        var standard = AimConfig.DEFAULT;
        return new AimConfig(
                PrioritiesReader.read(site, camera),
                interest(aim.nested("interest", INTEREST_KEYS), standard.interest()),
                overtake(aim.nested("overtake", OVERTAKE_KEYS), standard.overtake()),
                loss(aim.nested("loss", LOSS_KEYS), standard.loss()),
                runner(aim.nested("runner", RUNNER_KEYS), standard.runner()),
                group(aim.nested("group", GROUP_KEYS), standard.group()),
                framing(aim, standard.framing()));
    }

    private static FramingRule framing(LayeredSection section, FramingRule standard) {
        return new FramingRule(
                section.number("height_share", MIN_SHARE, 1, standard.heightShare()),
                section.number("max_width_share", MIN_SHARE, 1, standard.maxWidthShare()));
    }

    private static InterestConfig interest(LayeredSection section, InterestConfig standard) {
        return section.checked(() -> new InterestConfig(
                section.number("size_weight", 0, 1, standard.sizeWeight()),
                section.number("motion_weight", 0, 1, standard.motionWeight()),
                section.number("novelty_weight", 0, 1, standard.noveltyWeight()),
                section.number("full_size_share", MIN_SHARE, 1, standard.fullSizeShare()),
                section.number("full_speed_deg_s", MIN_SHARE, MAX_DEGREES, standard.fullSpeedDegreesPerSecond()),
                section.number("novelty_seconds", MIN_SECONDS, MAX_SECONDS, standard.noveltySeconds())));
    }

    private static OvertakeConfig overtake(LayeredSection section, OvertakeConfig standard) {
        return new OvertakeConfig(
                section.number("factor", 1, MAX_FACTOR, standard.factor()),
                section.number("confirm_seconds", 0, MAX_SECONDS, standard.confirmSeconds()),
                section.number("min_hold_seconds", 0, MAX_SECONDS, standard.minHoldSeconds()));
    }

    private static LossConfig loss(LayeredSection section, LossConfig standard) {
        return new LossConfig(
                section.number("patience_seconds", 0, MAX_SECONDS, standard.patienceSeconds()),
                section.number("gate_heights", MIN_SHARE, MAX_FACTOR, standard.gateHeights()),
                section.number("gate_growth_deg_s", 0, MAX_DEGREES, standard.gateGrowthDegreesPerSecond()),
                section.number("max_size_ratio", 1, MAX_FACTOR, standard.maxSizeRatio()),
                section.number("identity_gate_factor", 1, MAX_FACTOR, standard.identityGateFactor()));
    }

    private static RunnerConfig runner(LayeredSection section, RunnerConfig standard) {
        return new RunnerConfig(
                section.number("min_speed_deg_s", 0, MAX_DEGREES, standard.minSpeedDegreesPerSecond()),
                section.number("averaging_seconds", MIN_SECONDS, MAX_SECONDS, standard.averagingSeconds()),
                overtake(section.nested("overtake", OVERTAKE_KEYS), standard.overtake()));
    }

    private static GroupConfig group(LayeredSection section, GroupConfig standard) {
        return section.checked(() -> new GroupConfig(
                section.number("min_spread_degrees", MIN_SHARE, MAX_DEGREES, standard.minSpreadDegrees()),
                section.number("join_distance", MIN_SHARE, MAX_FACTOR, standard.joinDistance()),
                section.number("leave_distance", MIN_SHARE, MAX_FACTOR, standard.leaveDistance()),
                section.number("confirm_seconds", 0, MAX_SECONDS, standard.confirmSeconds()),
                section.number("keep_seconds", 0, MAX_SECONDS, standard.keepSeconds()),
                section.number("margin", 0, 1, standard.margin()),
                framing(section, standard.framing())));
    }
}
