package dev.aerie.ptz.settings;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.settings.cameras.JsonSetting;
import java.util.Optional;
import java.util.Set;

/// Reads the site: the cameras of which the file knows the mounting and the field of view. The sections are
///
/// - `site`: `{"ground_up_metres": 0}`, the height of the ground
/// - `handoff` of a camera: `{"min_distance_metres": 3, "max_distance_metres": 40}`, what it sees well enough to follow
public final class SiteReader {

    private static final double MIN_DISTANCE_METRES = 3;
    private static final double MAX_DISTANCE_METRES = 40;
    private static final double FARTHEST_METRES = 10_000;

    private SiteReader() {}

    /// A camera without mounting or field of view is not on the site. Throws
    /// [dev.aerie.settings.InvalidSettingException] with one line that says what is wrong.
    ///
    /// - `aspect`: width of the frames over their height
    public static Site read(SiteSettings settings, double aspect) {
        var section = settings.section("site");
        section.ifPresent(site -> site.requireKeys(Set.of("ground_up_metres")));
        double groundUpMetres = number(section, "ground_up_metres", -1e4, 1e5, 0);
        return new Site(
                settings.cameras().stream()
                        .flatMap(camera -> camera(camera, aspect).stream())
                        .toList(),
                groundUpMetres);
    }

    private static Optional<SiteCamera> camera(CameraSettings settings, double aspect) {
        var section = settings.section("handoff");
        section.ifPresent(handoff -> handoff.requireKeys(Set.of("min_distance_metres", "max_distance_metres")));
        double min = number(section, "min_distance_metres", 0, FARTHEST_METRES, MIN_DISTANCE_METRES);
        double max = number(section, "max_distance_metres", 0, FARTHEST_METRES, MAX_DISTANCE_METRES);
        if (max <= min) {
            throw section.orElseThrow().refused("max_distance_metres above min_distance_metres");
        }
        var ranges = settings.ranges().orElse(PtzRanges.DEFAULT);
        var reach = new Reach(ranges.panDegrees(), ranges.tiltDegrees(), ranges.zoom(), min, max);
        return settings.mounting()
                .flatMap(mounting -> settings.fieldOfView()
                        .map(view -> new Lens(
                                view.entries().stream()
                                        .map(entry -> new Lens.FieldOfView(entry.zoom(), entry.horizontalDegrees()))
                                        .toList(),
                                aspect))
                        .map(lens -> new SiteCamera(settings.name(), mounting, lens, reach)));
    }

    private static double number(Optional<JsonSetting> section, String key, double min, double max, double otherwise) {
        return section.flatMap(object -> object.optional(key))
                .map(field -> field.number(min, max))
                .orElse(otherwise);
    }
}
