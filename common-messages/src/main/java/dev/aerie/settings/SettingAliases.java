package dev.aerie.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What other documents call a setting and its values, so that who comes from them need not look ours up.
///
/// - `names`: of the variable; one that several settings share belongs to those that take its value
/// - `values`: from theirs to ours
/// - `refused`: values that cannot be had here, each with the sentence that says what can
public record SettingAliases(List<String> names, Map<String, String> values, Map<String, String> refused) {

    static final SettingAliases NONE = new SettingAliases(List.of(), Map.of(), Map.of());

    public SettingAliases {
        names = List.copyOf(names);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        refused = Map.copyOf(refused);
    }

    SettingAliases withName(String name) {
        return new SettingAliases(Stream.concat(names.stream(), Stream.of(name)).toList(), values, refused);
    }

    SettingAliases withValue(String theirs, String ours) {
        var more = new LinkedHashMap<>(values);
        more.put(theirs, ours);
        return new SettingAliases(names, more, refused);
    }

    SettingAliases withRefused(String theirs, String why) {
        var more = new LinkedHashMap<>(refused);
        more.put(theirs, why);
        return new SettingAliases(names, values, more);
    }

    /// Our word for `value`.
    String ours(String value) {
        return values.getOrDefault(value, value);
    }

    /// What a row of the documentation says of them, behind the meaning; empty for none.
    String toMarkdown() {
        String called = names.isEmpty() ? "" : "also called " + quoted(names.stream());
        String taken = values.entrySet().stream()
                .map(word -> "`" + word.getKey() + "` is `" + word.getValue() + "`")
                .collect(Collectors.joining(", "));
        String all = Stream.of(called, taken).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return all.isEmpty() ? "" : " (" + all + ")";
    }

    private static String quoted(Stream<String> words) {
        return words.map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
