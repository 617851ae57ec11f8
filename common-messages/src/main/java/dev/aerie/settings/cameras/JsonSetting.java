package dev.aerie.settings.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A value of a JSON file and where it stands there, such as `camera_settings.json: cameras[0].zoom_range`.
///
/// Whatever is wrong is an [InvalidSettingException] that names the place, what is there and what is allowed.
public record JsonSetting(String place, JsonNode value) {

    private static final int LONGEST_SHOWN = 60;

    /// The field of this object under the first of its names that is there; a field that is `null` is not.
    public Optional<JsonSetting> optional(String... names) {
        requireObject();
        for (String name : names) {
            JsonNode field = value.path(name);
            if (!field.isMissingNode() && !field.isNull()) {
                return Optional.of(new JsonSetting(place + "." + name, field));
            }
        }
        return Optional.empty();
    }

    /// As [#optional], of a field that must be there.
    ///
    /// - `allowed`: what an operator may write, for the message
    public JsonSetting required(String allowed, String... names) {
        return optional(names)
                .orElseThrow(
                        () -> new InvalidSettingException(place + "." + names[0] + " is missing, allowed: " + allowed));
    }

    public double number(double min, double max) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) {
            throw refused("a number from " + shortened(min) + " to " + shortened(max));
        }
        return number;
    }

    public int whole(int min, int max) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw refused("a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    public boolean flag() {
        if (!value.isBoolean()) {
            throw refused("true or false");
        }
        return value.booleanValue();
    }

    /// A text that is not blank and for which `accepts` holds.
    public String text(String allowed, Predicate<String> accepts) {
        if (!value.isTextual() || value.textValue().isBlank() || !accepts.test(value.textValue())) {
            throw refused(allowed);
        }
        return value.textValue();
    }

    /// The name of an environment variable.
    public String variableName() {
        return text("the name of an environment variable", name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    }

    /// The elements of this list.
    public List<JsonSetting> items() {
        if (!value.isArray()) {
            throw refused("a list");
        }
        var items = new ArrayList<JsonSetting>();
        for (JsonNode item : value) {
            items.add(new JsonSetting(place + "[" + items.size() + "]", item));
        }
        return items;
    }

    /// Throws unless this is an object whose keys are all in `keys`.
    public void requireKeys(Set<String> keys) {
        requireObject();
        value.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new InvalidSettingException(place + "." + key + " is unknown, allowed: "
                        + String.join(", ", keys.stream().sorted().toList()));
            }
        });
    }

    /// This object with the fields of its field `name`, if it has one, beside its own, which win.
    public JsonSetting withFieldsOf(String name) {
        var nested = optional(name);
        if (nested.isEmpty()) {
            return this;
        }
        nested.get().requireObject();
        ObjectNode all = value.deepCopy();
        all.remove(name);
        nested.get().value().properties().forEach(field -> {
            if (!all.has(field.getKey())) {
                all.set(field.getKey(), field.getValue());
            }
        });
        return new JsonSetting(place, all);
    }

    /// The exception that says what is there and what is allowed; a field that is called after a secret keeps its
    /// value to itself.
    public InvalidSettingException refused(String allowed) {
        boolean secret = place.toLowerCase(Locale.ROOT).matches(".*(password|token|secret|url).*");
        String shown = value.toString();
        String cut = shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
        return new InvalidSettingException(place + " is " + (secret ? "…" : cut) + ", allowed: " + allowed);
    }

    private void requireObject() {
        if (!value.isObject()) {
            throw refused("an object { … }");
        }
    }

    private static String shortened(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9 ? Long.toString((long) number) : "" + number;
    }
}
