package dev.aerie.settings.cameras;

import dev.aerie.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How wide a camera sees, over its zoom.
///
/// Between two entries the logarithm of tan(angle/2) is linear in the logarithm of the zoom; beyond the first and the
/// last one, tan(angle/2) is inversely proportional to the zoom, as it is for a lens without distortion.
///
/// - `entries`: at least one, by rising zoom
public record FieldOfView(List<Entry> entries) {

    private static final double MIN_DEGREES = 0.1;
    private static final double MAX_DEGREES = 175;
    private static final String ALLOWED =
            "degrees at zoom 1, or a table such as [[1, 60], [10, 6.6]] or {\"1\": 60, \"10\": 6.6} of zoom and degrees";

    public FieldOfView {
        entries =
                entries.stream().sorted(Comparator.comparingDouble(Entry::zoom)).toList();
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a field of view needs an entry");
        }
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).zoom() == entries.get(i - 1).zoom()) {
                throw new IllegalArgumentException(
                        "two entries for zoom " + entries.get(i).zoom());
            }
        }
    }

    /// The angle across the frame at one zoom.
    ///
    /// - `zoom`: magnification, at least 1
    /// - `horizontalDegrees`: 0.1..175
    public record Entry(double zoom, double horizontalDegrees) {

        public Entry {
            if (!(zoom >= 1 && zoom <= 1000)) {
                throw new IllegalArgumentException("zoom must be 1..1000, was " + zoom);
            }
            if (!(horizontalDegrees >= MIN_DEGREES && horizontalDegrees <= MAX_DEGREES)) {
                throw new IllegalArgumentException("a field of view must be 0.1..175°, was " + horizontalDegrees);
            }
        }

        private double halfTangent() {
            return Math.tan(Math.toRadians(horizontalDegrees / 2));
        }
    }

    /// Of a camera of which the angle at zoom 1 is known.
    public static FieldOfView ofWidest(double horizontalDegrees) {
        return new FieldOfView(List.of(new Entry(1, horizontalDegrees)));
    }

    /// Reads a number, a list of pairs or an object from zoom to degrees.
    public static FieldOfView of(JsonSetting setting) {
        try {
            if (setting.value().isNumber()) {
                return ofWidest(setting.value().doubleValue());
            }
            return new FieldOfView(setting.value().isObject() ? fromObject(setting) : fromPairs(setting));
        } catch (InvalidSettingException wrong) {
            throw wrong;
        } catch (IllegalArgumentException wrong) {
            throw setting.refused(ALLOWED + "; " + wrong.getMessage());
        }
    }

    /// The angle across the frame at `zoom` (at least 1).
    public double horizontalDegrees(double zoom) {
        return 2 * Math.toDegrees(Math.atan(halfTangent(zoom)));
    }

    private double halfTangent(double zoom) {
        Entry below = entries.getFirst();
        for (Entry above : entries) {
            if (above.zoom() >= zoom && below.zoom() < above.zoom() && below.zoom() <= zoom) {
                double share = Math.log(zoom / below.zoom()) / Math.log(above.zoom() / below.zoom());
                return below.halfTangent() * Math.pow(above.halfTangent() / below.halfTangent(), share);
            }
            below = above;
        }
        Entry nearest = zoom < entries.getFirst().zoom() ? entries.getFirst() : entries.getLast();
        return nearest.halfTangent() * nearest.zoom() / zoom;
    }

    private static List<Entry> fromPairs(JsonSetting setting) {
        if (!setting.value().isArray()) {
            throw setting.refused(ALLOWED);
        }
        var entries = new ArrayList<Entry>();
        for (JsonSetting pair : setting.items()) {
            var numbers = pair.value().isArray() ? pair.items() : List.<JsonSetting>of();
            if (numbers.size() != 2) {
                throw pair.refused("[zoom, degrees]");
            }
            entries.add(new Entry(numbers.get(0).number(1, 1000), numbers.get(1).number(MIN_DEGREES, MAX_DEGREES)));
        }
        return entries;
    }

    private static List<Entry> fromObject(JsonSetting setting) {
        var entries = new ArrayList<Entry>();
        setting.value()
                .fieldNames()
                .forEachRemaining(zoom -> entries.add(new Entry(
                        Double.parseDouble(zoom),
                        setting.required(ALLOWED, zoom).number(MIN_DEGREES, MAX_DEGREES))));
        return entries;
    }
}
