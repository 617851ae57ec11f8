package dev.aerie.settings;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// All the environment variables of one service: the check before it starts, and the table of its documentation.
public record Settings(List<Setting> all) {

    private static final int EXIT_WRONG_SETTING = 2;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|\\[::1]|localhost");

    public Settings {
        all = List.copyOf(all);
    }

    /// Checks every variable that is set; an empty one counts as not set.
    ///
    /// Throws [InvalidSettingException] for the first wrong one. Its message names the value unless the variable
    /// is a secret (its name ends in `PASSWORD`, `TOKEN`, `KEY` or `URL`: URLs carry passwords).
    public void check(Map<String, String> environment) {
        for (Setting setting : all) {
            String value = environment.getOrDefault(setting.name(), "");
            if (!value.isEmpty() && !setting.accepts().test(value)) {
                throw new InvalidSettingException(
                        setting.name() + " is '" + shown(setting, value) + "', allowed: " + setting.allowed());
            }
        }
    }

    /// Throws [InvalidSettingException] if `BIND_HOST` lets others than this machine in while one of `credentials`
    /// (names of variables) is not set.
    public static void requireBeyondLoopback(List<String> credentials, Map<String, String> environment) {
        String host = environment.getOrDefault("BIND_HOST", "");
        var missing = credentials.stream()
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .toList();
        if (!host.isEmpty() && !LOOPBACK.matcher(host).matches() && !missing.isEmpty()) {
            throw new InvalidSettingException("BIND_HOST is '" + host + "', beyond loopback, allowed only with "
                    + String.join(", ", missing) + " set too");
        }
    }

    /// The first thing a service does: where `check` throws an [InvalidSettingException], its message goes to standard
    /// error and the process ends with 2; else variables that are empty count as not set from now on, for a
    /// configuration library would take the empty text for a value.
    public void startWith(Consumer<Map<String, String>> check) {
        var environment = System.getenv();
        try {
            check.accept(environment);
        } catch (InvalidSettingException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(EXIT_WRONG_SETTING);
        }
        defaultsOfEmpty(environment).forEach(System::setProperty);
    }

    /// Name and default of every variable that is set to nothing and has a default.
    Map<String, String> defaultsOfEmpty(Map<String, String> environment) {
        return all.stream()
                .filter(setting -> "".equals(environment.get(setting.name())))
                .filter(setting -> !setting.defaultValue().isEmpty())
                .collect(Collectors.toMap(Setting::name, Setting::defaultValue));
    }

    /// The table of the documentation: one Markdown row per variable.
    public String toMarkdown() {
        var table = new StringBuilder("| variable | meaning | default | unit | allowed |\n|---|---|---|---|---|\n");
        for (Setting setting : all) {
            table.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            setting.name(),
                            setting.meaning(),
                            setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                            setting.unit(),
                            setting.allowed()));
        }
        return table.toString();
    }

    private static String shown(Setting setting, String value) {
        boolean secret = setting.name().matches(".*(PASSWORD|TOKEN|KEY|URL|SOURCE)S?");
        return secret ? "…" : value;
    }
}
