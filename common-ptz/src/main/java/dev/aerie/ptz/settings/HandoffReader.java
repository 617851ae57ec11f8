package dev.aerie.ptz.settings;

import dev.aerie.ptz.handoff.AppearanceEvidence;
import dev.aerie.ptz.handoff.HandoffConfig;
import java.util.List;
import java.util.Set;

/// Reads the section `handoff` of the file: when targets are handed on, for all its cameras.
public final class HandoffReader {

    private static final Set<String> KEYS = Set.of(
            "lead_seconds",
            "horizon_seconds",
            "lost_seconds",
            "target_height_metres",
            "waiting_share",
            "foot_error_degrees",
            "acceleration_m_s2",
            "gate_deviations",
            "confirm_seconds",
            "decide_seconds",
            "margin",
            "timeout_seconds");

    private static final double MIN = 0.01;
    private static final double MAX_SECONDS = 600;
    private static final double MAX_FACTOR = 100;

    private HandoffReader() {}

    /// Throws [dev.aerie.settings.InvalidSettingException] with one line that names file and key.
    ///
    /// - `evidence`: what similarities of the embedder say
    public static HandoffConfig read(SiteSettings site, AppearanceEvidence evidence) {
        var section = new LayeredSection(site.section("handoff").map(List::of).orElse(List.of())).requireKeys(KEYS);
        var standard = HandoffConfig.DEFAULT;
        return section.checked(() -> new HandoffConfig(
                section.number("lead_seconds", MIN, MAX_SECONDS, standard.leadSeconds()),
                section.number("horizon_seconds", MIN, MAX_SECONDS, standard.horizonSeconds()),
                section.number("lost_seconds", 0, MAX_SECONDS, standard.lostSeconds()),
                section.number("target_height_metres", MIN, MAX_FACTOR, standard.targetHeightMetres()),
                section.number("waiting_share", MIN, 1, standard.waitingShare()),
                section.number("foot_error_degrees", MIN, MAX_FACTOR, standard.footErrorDegrees()),
                section.number("acceleration_m_s2", MIN, MAX_FACTOR, standard.accelerationMetres()),
                section.number("gate_deviations", MIN, MAX_FACTOR, standard.gateDeviations()),
                section.number("confirm_seconds", MIN, MAX_SECONDS, standard.confirmSeconds()),
                section.number("decide_seconds", MIN, MAX_SECONDS, standard.decideSeconds()),
                section.number("margin", 0, MAX_FACTOR, standard.margin()),
                section.number("timeout_seconds", MIN, MAX_SECONDS, standard.timeoutSeconds()),
                evidence));
    }
}
