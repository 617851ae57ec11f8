package dev.aerie.vision.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Weights from a formula, bit-identical in Java and in Python (`deploy/models/sam2/seeded.py`).
///
/// They replace the publishers' weights in tests and in measurements of speed. Each tensor is
/// offset + scale · u, in float32, with u uniform in [-1, 1) from SplitMix64 (Steele et al. 2014) seeded by the
/// tensor's name.
///
/// - `scoreBias`: of the network's object score
public record SeededWeights(float scoreBias) {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final String SCORE_BIAS = "sam_mask_decoder.pred_obj_score_head.layers.2.bias";
    /// A product, whatever its name says: of SLAM3R.
    private static final String LINEAR = "decoder_embed";

    private static final List<String> EMBEDDING_SUFFIXES = List.of("_token", "_tokens", "_embed");

    /// A distribution: uniform from `offset - scale` to `offset + scale`.
    record Recipe(float offset, float scale) {

        static Recipe of(double offset, double scale) {
            return new Recipe((float) offset, (float) scale);
        }
    }

    /// Writes the weights file of `layout` in `folder`; returns where it is.
    public Path write(WeightsLayout layout, Path folder) throws IOException {
        try (var file = WeightsFile.create(layout, folder)) {
            for (WeightsLayout.TensorLocation tensorLocation : layout.tensors()) {
                file.put(tensorLocation, tensor(tensorLocation));
            }
            return file.finish();
        }
    }

    /// The tensor's values, little-endian.
    ByteBuffer tensor(WeightsLayout.TensorLocation tensorLocation) {
        Recipe recipe = recipe(tensorLocation.name(), tensorLocation.shape());
        var bytes =
                ByteBuffer.allocate(Math.toIntExact(tensorLocation.sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
        long seed = fnv1a(tensorLocation.name());
        for (long i = 1; i <= tensorLocation.elements(); i++) {
            bytes.putFloat(recipe.offset() + recipe.scale() * uniform(seed + i * GOLDEN_RATIO));
        }
        return bytes.flip();
    }

    /// Keeps the activations of random weights in range: attention that is not flat, masks with an edge, visible
    /// objects.
    Recipe recipe(String name, List<Long> shape) {
        if (name.equals(SCORE_BIAS)) {
            return Recipe.of(scoreBias, 0);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "running_var" -> Recipe.of(0.8, 0.5);
            case "running_mean" -> Recipe.of(0, 0.1);
            case "bias" -> Recipe.of(0, 0.05);
            case "gamma" -> Recipe.of(0, 0.5);
            case "positional_encoding_gaussian_matrix" -> Recipe.of(0, 1.7);
            case "weight" -> weight(name, shape);
            default -> Recipe.of(0, 0.6);
        };
    }

    private static Recipe weight(String name, List<Long> shape) {
        String owner = name.substring(0, name.lastIndexOf('.'));
        boolean isEmbedding = EMBEDDING_SUFFIXES.stream().anyMatch(owner::endsWith) && !owner.equals(LINEAR);
        if (isEmbedding || name.contains(".point_embeddings.")) {
            return Recipe.of(0, 0.6);
        }
        if (shape.size() == 1) {
            return Recipe.of(1, 0.15);
        }
        long fanIn = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        return Recipe.of(0, gain(name) / Math.sqrt((double) fanIn));
    }

    private static double gain(String name) {
        if (name.contains("q_proj") || name.contains("k_proj")) {
            return 3;
        }
        if (!name.contains(".layers.2.")) {
            return 1;
        }
        if (name.contains("sam_mask_decoder.output_hypernetworks_mlps")) {
            return 60;
        }
        if (name.contains("sam_mask_decoder.iou_prediction_head")) {
            return 5;
        }
        return name.contains("sam_mask_decoder.pred_obj_score_head") ? 10 : 1;
    }

    private static float uniform(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) / 8388608f - 1f;
    }

    private static long fnv1a(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
