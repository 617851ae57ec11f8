package dev.aerie.cli.doctor;

import dev.aerie.ptz.settings.SettingsCheck;
import dev.aerie.ptz.settings.SiteSettings;
import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The cameras that `PTZ_CONFIG` names: whether ptz-service would take the file. No camera is asked.
final class PtzSettings {

    private static final String NAME = "PTZ_CONFIG";

    private PtzSettings() {}

    static Finding look(Map<String, String> environment) {
        String file = environment.getOrDefault(NAME, "");
        if (file.isEmpty()) {
            return Finding.absent(NAME, "not set: ptz-service steers no camera");
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            return Finding.missing(NAME, file + " is no file");
        }
        try {
            SiteSettings site = SiteSettings.read(path);
            SettingsCheck.check(site, environment);
            return Finding.ok(NAME, words(site));
        } catch (InvalidSettingException e) {
            return Finding.missing(NAME, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Finding.missing(NAME, file + " cannot be read: " + e.getMessage());
        }
    }

    private static String words(SiteSettings site) {
        return site.cameras().isEmpty()
                ? "names no camera"
                : site.cameras().stream()
                        .map(one -> one.name() + " (" + one.driver().name().toLowerCase(Locale.ROOT)
                                + (one.mounting().isPresent() ? ")" : ", mounting unknown: no handoff)"))
                        .collect(Collectors.joining(", "));
    }
}
