package dev.aerie.settings;

import java.util.List;
import java.util.function.Predicate;

/// One environment variable of a service.
///
/// - `defaultValue`: what holds where it is not set; empty for none
/// - `unit`: of the value, empty for none
/// - `allowed`: what a value must be, in words an operator reads: `1..65535`, `auto, cpu or cuda`
/// - `accepts`: whether a value is that; never asked for a variable that is not set
/// - `otherWords`: what else it and its values are called
public record Setting(
        String name,
        String meaning,
        String defaultValue,
        String unit,
        String allowed,
        Predicate<String> accepts,
        SettingAliases settingAliases) {

    /// One that is called as we call it.
    public Setting(
            String name, String meaning, String defaultValue, String unit, String allowed, Predicate<String> accepts) {
        this(name, meaning, defaultValue, unit, allowed, accepts, SettingAliases.NONE);
    }

    /// Any text.
    public static Setting text(String name, String meaning, String defaultValue) {
        return new Setting(name, meaning, defaultValue, "", "any text", _ -> true);
    }

    /// A whole number from `min` to `max`.
    public static Setting whole(String name, String meaning, long defaultValue, String unit, long min, long max) {
        return new Setting(
                name, meaning, Long.toString(defaultValue), unit, min + ".." + max, text -> isWithin(text, min, max));
    }

    /// A decimal number from `min` to `max`.
    public static Setting decimal(
            String name, String meaning, double defaultValue, String unit, double min, double max) {
        return new Setting(
                name, meaning, Double.toString(defaultValue), unit, min + ".." + max, text -> isWithin(text, min, max));
    }

    /// One of the named values.
    public static Setting choice(String name, String meaning, String defaultValue, List<String> values) {
        return new Setting(name, meaning, defaultValue, "", String.join(", ", values), values::contains);
    }

    /// This setting, set by a variable of another name as well.
    public Setting alsoCalled(String otherName) {
        return with(settingAliases.withName(otherName));
    }

    /// This setting, which takes the value `theirs` for `ours`.
    public Setting taking(String theirs, String ours) {
        return with(settingAliases.withValue(theirs, ours));
    }

    /// This setting, which refuses the value `theirs` by a sentence of its own: what it is, and what to take instead.
    public Setting refusing(String theirs, String why) {
        return with(settingAliases.withRefused(theirs, why));
    }

    /// This setting, of which the value is checked by `accepts`.
    Setting accepting(Predicate<String> accepts) {
        return new Setting(name, meaning, defaultValue, unit, allowed, accepts, settingAliases);
    }

    private Setting with(SettingAliases aliases) {
        return new Setting(name, meaning, defaultValue, unit, allowed, accepts, aliases);
    }

    private static boolean isWithin(String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            return value >= min && value <= max;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isWithin(String text, double min, double max) {
        try {
            double value = Double.parseDouble(text);
            return value >= min && value <= max;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
