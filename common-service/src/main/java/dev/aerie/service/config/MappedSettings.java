package dev.aerie.service.config;

import dev.aerie.settings.Setting;
import dev.aerie.settings.Settings;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the environment variables of a configuration interface and of the interfaces nested in it, sorted by name.
/// The check before the start, the table in the documentation and the typed values thus have one source.
public final class MappedSettings {

    /// `${NAME:default}`, optionally followed by the unit of a duration.
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{([A-Z0-9_]+):(.*)}[a-z]*");

    private MappedSettings() {}

    /// - `mapping`: each of its methods is a [Variable] with a [WithDefault], or returns a nested interface
    public static Settings of(Class<?> mapping) {
        return new Settings(
                all(mapping).sorted(Comparator.comparing(Setting::name)).toList());
    }

    private static Stream<Setting> all(Class<?> mapping) {
        return Arrays.stream(mapping.getMethods())
                .flatMap(method -> method.isAnnotationPresent(Variable.class)
                        ? Stream.of(setting(method))
                        : all(method.getReturnType()));
    }

    private static Setting setting(Method method) {
        var variable = method.getAnnotation(Variable.class);
        var expression = DEFAULT.matcher(method.getAnnotation(WithDefault.class).value());
        if (!expression.matches()) {
            throw new IllegalArgumentException("expected @WithDefault(\"${NAME:default}\") at " + method);
        }
        var setting = typed(method.getReturnType(), variable, expression.group(1), expression.group(2));
        for (String name : variable.alsoCalled()) {
            setting = setting.alsoCalled(name);
        }
        for (String value : variable.taking()) {
            int equals = value.indexOf('=');
            setting = setting.taking(value.substring(0, equals), value.substring(equals + 1));
        }
        return setting;
    }

    private static Setting typed(Class<?> type, Variable variable, String name, String value) {
        String meaning = variable.value();
        var choices = choices(type, variable);
        if (!choices.isEmpty()) {
            return Setting.choice(name, meaning, value, choices);
        }
        if (type == int.class || type == long.class || type == Duration.class) {
            return Setting.whole(name, meaning, Long.parseLong(value), variable.unit(), (long) variable.min(), (long)
                    variable.max());
        }
        if (type == double.class) {
            return Setting.decimal(
                    name, meaning, Double.parseDouble(value), variable.unit(), variable.min(), variable.max());
        }
        return new Setting(name, meaning, value, variable.unit(), variable.allowed(), accepts(variable));
    }

    private static List<String> choices(Class<?> type, Variable variable) {
        if (type == boolean.class) {
            return List.of("true", "false");
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of(variable.choices());
    }

    private static Predicate<String> accepts(Variable variable) {
        if (variable.exists()) {
            return path -> Files.isReadable(Path.of(path));
        }
        return variable.pattern().isEmpty()
                ? _ -> true
                : Pattern.compile(variable.pattern()).asMatchPredicate();
    }
}
