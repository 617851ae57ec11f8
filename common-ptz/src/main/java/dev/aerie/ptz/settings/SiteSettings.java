package dev.aerie.ptz.settings;

import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.cameras.CameraSettingsFile;
import dev.aerie.settings.cameras.JsonSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All cameras of an installation: `camera_settings.json`.
///
/// - `cameras`: names and streams are unique
/// - `json`: the whole file, for the sections that other packages define ([#section])
public record SiteSettings(List<CameraSettings> cameras, JsonSetting json) {

    /// Objects and lists of the file that this package leaves to those who use them.
    static final Set<String> OPEN_SECTIONS = Set.of("aim", "control", "handoff", "priorities", "site", "zones");

    private static final String LIST = "cameras";

    public SiteSettings {
        cameras = List.copyOf(cameras);
    }

    /// The file's cameras; throws [InvalidSettingException] with one line that names the key, what is there and what is
    /// allowed, and [IOException] where the file cannot be read.
    public static SiteSettings read(Path file) throws IOException {
        var list = CameraSettingsFile.read(file);
        if (list.root().value().isObject()) {
            var keys = new HashSet<>(OPEN_SECTIONS);
            keys.add(LIST);
            list.root().requireKeys(keys);
        }
        var cameras = list.cameras().stream()
                .map(camera -> new CameraSettingsReader(camera).read())
                .toList();
        requireUnique(
                list.root().place(),
                "name",
                cameras.stream().map(CameraSettings::name).toList());
        requireUnique(
                list.root().place(),
                "stream",
                cameras.stream().map(CameraSettings::stream).toList());
        return new SiteSettings(cameras, list.root());
    }

    /// A section that another package defines, one of [#OPEN_SECTIONS].
    public Optional<JsonSetting> section(String key) {
        if (!OPEN_SECTIONS.contains(key)) {
            throw new IllegalArgumentException(key + " is no open section");
        }
        return json.value().isObject() ? json.optional(key) : Optional.empty();
    }

    public Optional<CameraSettings> camera(String name) {
        return cameras.stream().filter(camera -> camera.name().equals(name)).findFirst();
    }

    public Optional<CameraSettings> ofStream(String stream) {
        return cameras.stream().filter(camera -> camera.stream().equals(stream)).findFirst();
    }

    private static void requireUnique(String file, String key, List<String> values) {
        var seen = new HashSet<String>();
        for (String value : values) {
            if (!seen.add(value)) {
                throw new InvalidSettingException(
                        file + ": two cameras have the " + key + " " + value + ", allowed: one of each");
            }
        }
    }
}
