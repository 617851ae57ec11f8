package dev.aerie.vision.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every model that Aerie knows, from `models.json` beside this class.
public record ModelManifest(List<Model> models) {

    private static final String RESOURCE = "models.json";

    public ModelManifest {
        models = List.copyOf(models);
    }

    /// The manifest that comes with this version.
    public static ModelManifest load() {
        try (InputStream in = ModelManifest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the build");
            }
            return parse(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
    }

    public Optional<Model> find(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    public Optional<Model> find(Sha256 digest) {
        return models.stream()
                .filter(model ->
                        model.files().stream().anyMatch(file -> file.sha256().equals(digest)))
                .findFirst();
    }

    private static ModelManifest parse(JsonNode root) {
        var models = new ArrayList<Model>();
        for (JsonNode node : root.path("models")) {
            models.add(new Model(
                    node.path("name").asText(),
                    node.path("purpose").asText(),
                    Model.Format.parse(node.path("format").asText()),
                    files(node),
                    Optional.ofNullable(node.path("source").asText(null)),
                    node.path("licence").asText(),
                    Optional.ofNullable(node.path("terms").asText(null))));
        }
        return new ModelManifest(models);
    }

    private static List<Model.FileFacts> files(JsonNode node) {
        return node.has("sha256")
                ? Stream.concat(Stream.of(node), node.path("also_known_as").valueStream())
                        .map(ModelManifest::facts)
                        .toList()
                : List.of();
    }

    private static Model.FileFacts facts(JsonNode node) {
        return new Model.FileFacts(
                node.path("size_bytes").asLong(), new Sha256(node.path("sha256").asText()));
    }
}
