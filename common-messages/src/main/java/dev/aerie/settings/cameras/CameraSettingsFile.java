package dev.aerie.settings.cameras;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file that lists the cameras of an installation: `{"cameras": [{…}, …]}`, or the list alone.
///
/// - `root`: the whole file
/// - `cameras`: one object each; `docs/ptz-protocols.md` has the keys
public record CameraSettingsFile(JsonSetting root, List<JsonSetting> cameras) {

    private static final String LIST = "cameras";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    public CameraSettingsFile {
        cameras = List.copyOf(cameras);
    }

    /// The file; throws [InvalidSettingException] where it is no such list, and [IOException] where it cannot be read.
    public static CameraSettingsFile read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            return of(name, JSON.readTree(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            var place = Optional.ofNullable(e.getLocation());
            throw new InvalidSettingException(name + " is no JSON at line "
                    + place.map(at -> "" + at.getLineNr()).orElse("?") + ": " + e.getOriginalMessage());
        }
    }

    /// Whether this file is one: by its contents, for a lens file may end in `.json` as well. False where it cannot be
    /// read.
    public static boolean isOne(Path file) {
        try {
            JsonNode tree = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            return tree != null && (tree.path(LIST).isArray() || tree.isArray());
        } catch (IOException _) {
            return false;
        }
    }

    /// The camera whose stream this is; one without a `stream` is called after its own.
    public Optional<JsonSetting> ofStream(String stream) {
        return cameras.stream()
                .filter(camera -> camera.optional("stream", "name", "id")
                        .filter(named -> named.value().asText().equals(stream))
                        .isPresent())
                .findFirst();
    }

    /// How wide the camera of this stream sees; empty where the file does not say.
    public Optional<FieldOfView> fieldOfView(String stream) {
        return ofStream(stream).flatMap(CameraSettingsFile::fieldOfView);
    }

    /// How wide this camera sees: `hfov_degrees`, also called `hfov`.
    public static Optional<FieldOfView> fieldOfView(JsonSetting camera) {
        return camera.optional("hfov_degrees", "hfov").map(FieldOfView::of);
    }

    private static CameraSettingsFile of(String name, JsonNode tree) {
        var root = new JsonSetting(name, tree);
        if (tree.isArray()) {
            return new CameraSettingsFile(root, flattened(root));
        }
        var list = root.required("a list of cameras", LIST);
        return new CameraSettingsFile(root, flattened(new JsonSetting(name + ": " + LIST, list.value())));
    }

    private static List<JsonSetting> flattened(JsonSetting list) {
        return list.items().stream().map(camera -> camera.withFieldsOf("ptz")).toList();
    }
}
