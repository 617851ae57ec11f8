package dev.aerie.vision.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Where each tensor lies in a model's weights file: float32, little-endian, row-major, each from its own page on.
///
/// - `file`: the file's name in the models' folder
/// - `sizeBytes`: of the tensors' part of the file; the layout's digest follows it (see [#digest])
public record WeightsLayout(String model, String file, long sizeBytes, List<TensorLocation> tensors) {

    /// A tensor: its name in the publisher's checkpoint, its shape, and its first byte in the file.
    public record TensorLocation(String name, List<Long> shape, long offset) {

        public TensorLocation {
            shape = List.copyOf(shape);
        }

        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }

        public long sizeBytes() {
            return elements() * Float.BYTES;
        }
    }

    public WeightsLayout {
        tensors = List.copyOf(tensors);
    }

    /// Of names, shapes and places. Written behind the tensors, it tells a file of this layout from one of another.
    public Sha256 digest() {
        return Sha256.of(tensors.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// How long a file of this layout is.
    public long fileSizeBytes() {
        return sizeBytes + digest().hex().length();
    }

    static WeightsLayout parse(JsonNode root) {
        var tensors = new ArrayList<TensorLocation>();
        for (JsonNode node : root.path("tensors")) {
            var shape = new ArrayList<Long>();
            node.path("shape").forEach(side -> shape.add(side.asLong()));
            tensors.add(new TensorLocation(
                    node.path("name").asText(), shape, node.path("offset").asLong()));
        }
        return new WeightsLayout(
                root.path("model").asText(),
                root.path("file").asText(),
                root.path("size_bytes").asLong(),
                tensors);
    }
}
