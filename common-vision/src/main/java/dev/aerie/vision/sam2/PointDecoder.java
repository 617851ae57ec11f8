package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/// Predicts masks for several points of one frame: part, object or group, three choices each.
///
/// Owns the tensors of [#MAX] points until [#close]; the network is lent. Used by one thread.
final class PointDecoder implements AutoCloseable {

    /// Points of one run: more are no faster on a CPU.
    static final int MAX = 16;

    /// The choices that a single point leaves open.
    static final int CHOICES = 3;

    /// The network's first mask is for unambiguous prompts.
    private static final int MASKS_PER_POINT = CHOICES + 1;

    private final OnnxModel network;
    private final Geometry geometry;
    private final TensorArena frameFeatures;
    private final TensorArena coordinates = TensorArena.ofFloats(MAX, 1, 2);
    private final TensorArena labels = new TensorArena(ElementType.INT64, MAX, 1);
    private final TensorArena noMasks;
    private final TensorArena hasMask = TensorArena.ofFloats(MAX);
    private final TensorArena multimask = new TensorArena(ElementType.BOOL, MAX);
    private final TensorArena masks;
    private final TensorArena predictedIous = TensorArena.ofFloats(MAX, MASKS_PER_POINT);

    PointDecoder(Networks networks) {
        network = networks.promptedDecoder();
        geometry = networks.geometry();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        frameFeatures = TensorArena.ofFloats(MAX, Geometry.FEATURE_CHANNELS, side, side);
        noMasks = TensorArena.ofFloats(MAX, 1, maskSide, maskSide);
        masks = TensorArena.ofFloats(MAX, MASKS_PER_POINT, maskSide, maskSide);
        for (int i = 0; i < MAX; i++) {
            multimask.setBoolean(i, true);
        }
    }

    /// Sets the frame of the points.
    void setFrame(ImageFeatures features) {
        for (int i = 0; i < MAX; i++) {
            features.copyWithoutMemory(frameFeatures.floats(i, geometry.featureElements()));
        }
    }

    /// Predicts the masks of up to [#MAX] points in the frame set last.
    void decode(ImageFeatures features, List<Points.Point> points) throws ModelException {
        FloatBuffer coordinate = coordinates.floats();
        for (int i = 0; i < points.size(); i++) {
            coordinate.put(points.get(i).xPixels()).put(points.get(i).yPixels());
            labels.longs().put(i, points.get(i).meaning().label());
        }
        int n = points.size();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        try (var scope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", scope.of(frameFeatures, n, Geometry.FEATURE_CHANNELS, side, side),
                    "feat_s0", features.quarter(scope),
                    "feat_s1", features.eighth(scope),
                    "point_coords", scope.of(coordinates, n, 1, 2),
                    "point_labels", scope.of(labels, n, 1),
                    "mask_input", scope.of(noMasks, n, 1, maskSide, maskSide),
                    "has_mask", scope.of(hasMask, n),
                    "multimask", scope.of(multimask, n));
            var out = Map.of(
                    "all_masks", scope.of(masks, n, MASKS_PER_POINT, maskSide, maskSide),
                    "all_ious", scope.of(predictedIous, n, MASKS_PER_POINT));
            network.runWithSampledCheck(in, out);
        }
    }

    /// Predicted IoU of one choice of the point at `index`, about 0..1.
    float predictedIou(int index, int choice) {
        return predictedIous.floats().get(index * MASKS_PER_POINT + 1 + choice);
    }

    /// The logits of one choice of the point at `index`, copied.
    MaskLogits logits(int index, int choice) {
        var logits = new float[geometry.maskElements()];
        masks.floats(index * MASKS_PER_POINT + 1 + choice, logits.length).get(logits);
        return new MaskLogits(geometry.maskSide(), geometry.maskSide(), logits);
    }

    @Override
    public void close() {
        frameFeatures.close();
        coordinates.close();
        labels.close();
        noMasks.close();
        hasMask.close();
        multimask.close();
        masks.close();
        predictedIous.close();
    }
}
