package dev.aerie.settings;

import java.util.List;
import java.util.Map;

/// All the environment variables of one service: the check before it starts, and the table of its documentation.
public record Settings(List<Setting> all) {

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
