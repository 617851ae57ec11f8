package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Predicts masks: of tracked objects, and of one that is prompted.
///
/// Owns the tensors of up to `maxBatch` objects until [#close]; the networks are lent. Used by one thread.
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Prompt encoder and mask decoder".
final class MaskDecoder implements AutoCloseable {

    /// Clamp of the earlier mask's logits.
    private static final float MAX_LOGIT = 32;

    /// Masks that the decoder draws of an object: a single one, and three of which it chooses in tracking.
    private static final int MASKS = 4;

    private static final int SINGLE_MASK = 0;

    private final OnnxModel tracking;
    private final OnnxModel prompted;
    private final OnnxModel maskDownsample;
    private final Geometry geometry;
    private final TensorArena masks;
    private final TensorArena predictedIous;
    private final TensorArena pointers;
    private final TensorArena scores;
    private final TensorArena allMasks;
    private final TensorArena coordinates = TensorArena.ofFloats(1, Points.MAX, 2);
    private final TensorArena labels = new TensorArena(ElementType.INT64, 1, Points.MAX);
    private final TensorArena hasMask = TensorArena.ofFloats(1);
    private final TensorArena multimask = new TensorArena(ElementType.BOOL, 1);
    private final TensorArena maskInput;

    MaskDecoder(Networks networks, int maxBatch) {
        this.tracking = networks.trackingDecoder();
        this.prompted = networks.promptedDecoder();
        this.maskDownsample = networks.maskDownsample();
        this.geometry = networks.geometry();
        int side = geometry.maskSide();
        masks = TensorArena.ofFloats(maxBatch, 1, side, side);
        predictedIous = TensorArena.ofFloats(maxBatch, 1);
        pointers = TensorArena.ofFloats(maxBatch, Geometry.POINTER_CHANNELS);
        scores = TensorArena.ofFloats(maxBatch, 1);
        allMasks = TensorArena.ofFloats(maxBatch, MASKS, side, side);
        maskInput = TensorArena.ofFloats(1, 1, side, side);
    }

    /// Predicts the masks of `objects` tracked objects.
    ///
    /// - `attended`: objects × 256 × R/16 × R/16
    /// - `withAlternatives`: whether [#alternatives] is to be known
    void track(ImageFeatures features, TensorMemory attended, int objects, boolean withAlternatives)
            throws ModelException {
        try (var scope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", attended(scope, attended, objects),
                    "feat_s0", features.quarter(scope),
                    "feat_s1", features.eighth(scope));
            var out = new HashMap<>(outputs(scope, objects));
            if (withAlternatives) {
                int side = geometry.maskSide();
                out.put("all_masks", scope.of(allMasks, objects, MASKS, side, side));
            }
            tracking.runWithSampledCheck(in, out);
        }
    }

    /// Predicts the mask of the object that `points` prompt.
    ///
    /// - `attended`: 1 × 256 × R/16 × R/16
    /// - `corrected`: the mask that the points correct
    void prompt(ImageFeatures features, TensorMemory attended, Points points, Optional<MaskLogits> corrected)
            throws ModelException {
        hasMask.floats().put(0, corrected.isPresent() ? 1 : 0);
        corrected.ifPresent(this::setMaskInput);
        boolean ambiguous = points.count() <= 1;
        runPrompted(features, attended, points, ambiguous);
    }

    /// Computes the pointer of an object whose mask is given.
    ///
    /// - `mask`: 1 × 1 × R × R, 0 or 1
    void promptMask(ImageFeatures features, TensorArena mask) throws ModelException {
        int side = geometry.sidePixels();
        try (var scope = new TensorScope()) {
            maskDownsample.runWithSampledCheck(
                    Map.of("mask", scope.of(mask, 1, 1, side, side)), Map.of("mask_input", maskInput(scope)));
        }
        hasMask.floats().put(0, 1);
        runPrompted(features, features.coarse(), Points.NONE, false);
    }

    /// Replaces the predicted mask and score of the first object, where they are known.
    void setMask(MaskLogits logits, float score) {
        masks.floats().put(logits.values());
        scores.floats().put(0, score);
    }

    /// Of the last prediction: objects × 1 × R/4 × R/4 logits; lent.
    TensorArena masks() {
        return masks;
    }

    /// Of the last prediction: presence logits, objects × 1; lent.
    TensorArena scores() {
        return scores;
    }

    /// The object pointer at `index`, 256 numbers; lent until the next prediction.
    FloatBuffer pointer(int index) {
        return pointers.floats(index, Geometry.POINTER_CHANNELS);
    }

    /// The prediction of the object at `index`, copied.
    MaskPrediction prediction(int index) {
        int side = geometry.maskSide();
        var logits = new float[side * side];
        masks.floats().get(index * logits.length, logits);
        return new MaskPrediction(
                new MaskLogits(side, side, logits),
                predictedIous.floats().get(index),
                scores.floats().get(index));
    }

    /// The masks among which the decoder chose that of the tracked object at `index`, copied.
    List<MaskLogits> alternatives(int index) {
        int side = geometry.maskSide();
        var alternatives = new ArrayList<MaskLogits>();
        for (int mask = SINGLE_MASK + 1; mask < MASKS; mask++) {
            var logits = new float[side * side];
            allMasks.floats().get((index * MASKS + mask) * logits.length, logits);
            alternatives.add(new MaskLogits(side, side, logits));
        }
        return alternatives;
    }

    @Override
    public void close() {
        allMasks.close();
        masks.close();
        predictedIous.close();
        pointers.close();
        scores.close();
        coordinates.close();
        labels.close();
        hasMask.close();
        multimask.close();
        maskInput.close();
    }

    private void runPrompted(ImageFeatures features, TensorMemory attended, Points points, boolean ambiguous)
            throws ModelException {
        setPoints(points);
        multimask.setBoolean(0, ambiguous);
        try (var scope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", attended(scope, attended, 1),
                    "feat_s0", features.quarter(scope),
                    "feat_s1", features.eighth(scope),
                    "point_coords", scope.of(coordinates, 1, points.count(), 2),
                    "point_labels", scope.of(labels, 1, points.count()),
                    "mask_input", maskInput(scope),
                    "has_mask", scope.of(hasMask, 1),
                    "multimask", scope.of(multimask, 1));
            prompted.runWithSampledCheck(in, outputs(scope, 1));
        }
    }

    private void setPoints(Points points) {
        FloatBuffer coordinate = coordinates.floats();
        LongBuffer label = labels.longs();
        for (Points.Point point : points.points()) {
            coordinate.put(point.xPixels()).put(point.yPixels());
            label.put(point.meaning().label());
        }
    }

    private void setMaskInput(MaskLogits logits) {
        FloatBuffer to = maskInput.floats();
        for (float logit : logits.values()) {
            to.put(Math.clamp(logit, -MAX_LOGIT, MAX_LOGIT));
        }
    }

    private Tensor maskInput(TensorScope scope) {
        return scope.of(maskInput, 1, 1, geometry.maskSide(), geometry.maskSide());
    }

    private Tensor attended(TensorScope scope, TensorMemory attended, int objects) {
        int side = geometry.featureSide();
        return scope.of(attended, objects, Geometry.FEATURE_CHANNELS, side, side);
    }

    private Map<String, Tensor> outputs(TensorScope scope, int objects) {
        int side = geometry.maskSide();
        return Map.of(
                "mask", scope.of(masks, objects, 1, side, side),
                "iou", scope.of(predictedIous, objects, 1),
                "obj_ptr", scope.of(pointers, objects, Geometry.POINTER_CHANNELS),
                "obj_score", scope.of(scores, objects, 1));
    }
}
