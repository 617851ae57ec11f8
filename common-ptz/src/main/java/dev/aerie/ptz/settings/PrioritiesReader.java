package dev.aerie.ptz.settings;

import dev.aerie.ptz.aim.Priorities;
import dev.aerie.ptz.aim.Zone;
import dev.aerie.ptz.aim.ZoneArea;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.settings.cameras.JsonSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `priorities` and `zones`.
///
/// - `priorities`: weight by label, `{"person": 1, "car": 0.2, "other": 0}`; the camera's stand before the file's
/// - `zones`: `[{"name": "street", "weight": 0, "polygon": [[0, 0], [1, 0], [1, 0.3]]}]`, in shares of the frame from
///   its upper left corner, or `"pan_degrees": [-20, 10], "tilt_degrees": [-30, 0]`; the camera's take the place of the
///   file's
final class PrioritiesReader {

    private static final String OTHER = "other";
    private static final String POLYGON = "polygon";
    private static final String PAN = "pan_degrees";
    private static final String TILT = "tilt_degrees";
    private static final Set<String> ZONE_KEYS = Set.of("name", "weight", POLYGON, PAN, TILT);
    private static final int MIN_CORNERS = 3;
    private static final int MAX_CORNERS = 100;
    private static final double MAX_WEIGHT = 1000;
    private static final double MAX_PAN = 720;
    private static final double MAX_TILT = 180;

    private PrioritiesReader() {}

    static Priorities read(SiteSettings site, CameraSettings camera) {
        var standard = Priorities.DEFAULT;
        Map<String, Double> weights = new HashMap<>(standard.labelWeights());
        site.section("priorities").ifPresent(section -> addTo(weights, section));
        camera.section("priorities").or(() -> camera.section("priority")).ifPresent(section -> addTo(weights, section));
        Double other = weights.remove(OTHER);
        List<Zone> zones = camera.section("zones")
                .or(() -> site.section("zones"))
                .map(list -> list.items().stream().map(PrioritiesReader::zone).toList())
                .orElse(standard.zones());
        return new Priorities(weights, other == null ? standard.otherWeight() : other, zones);
    }

    private static void addTo(Map<String, Double> weights, JsonSetting section) {
        if (!section.value().isObject()) {
            throw section.refused("weights by label, such as {\"person\": 1, \"other\": 0.5}");
        }
        section.value()
                .fieldNames()
                .forEachRemaining(label ->
                        section.optional(label).ifPresent(weight -> weights.put(label, weight.number(0, MAX_WEIGHT))));
    }

    private static Zone zone(JsonSetting field) {
        field.requireKeys(ZONE_KEYS);
        String name = field.optional("name")
                .map(text -> text.text("a name", _ -> true))
                .orElse("");
        double weight = field.optional("weight")
                .map(given -> given.number(0, MAX_WEIGHT))
                .orElse(0.0);
        return new Zone(name, area(field), weight);
    }

    private static ZoneArea area(JsonSetting field) {
        Optional<JsonSetting> polygon = field.optional(POLYGON);
        boolean hasDirections =
                field.optional(PAN).isPresent() || field.optional(TILT).isPresent();
        if (polygon.isPresent() == hasDirections) {
            throw field.refused(POLYGON + ", or " + PAN + " and " + TILT);
        }
        return polygon.<ZoneArea>map(PrioritiesReader::inImage)
                .orElseGet(() -> new ZoneArea.InDirections(
                        range(field.optional(PAN), MAX_PAN), range(field.optional(TILT), MAX_TILT)));
    }

    private static PtzRange range(Optional<JsonSetting> field, double widest) {
        return field.map(given -> CameraSettingsReader.range(given, -widest, widest))
                .orElse(new PtzRange(-widest, widest));
    }

    private static ZoneArea.InImage inImage(JsonSetting polygon) {
        List<JsonSetting> corners = polygon.items();
        if (corners.size() < MIN_CORNERS || corners.size() > MAX_CORNERS) {
            throw polygon.refused("a list of " + MIN_CORNERS + " to " + MAX_CORNERS + " corners [x, y]");
        }
        return new ZoneArea.InImage(
                corners.stream().map(PrioritiesReader::corner).toList());
    }

    private static ImagePoint corner(JsonSetting pair) {
        List<JsonSetting> both = pair.items();
        if (both.size() != 2) {
            throw pair.refused("[x, y], shares of the frame from its upper left corner");
        }
        return new ImagePoint(
                2 * both.get(0).number(0, 1) - 1, 1 - 2 * both.get(1).number(0, 1));
    }
}
