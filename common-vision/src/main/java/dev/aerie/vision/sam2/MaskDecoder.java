package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Optional;

/// Draws the masks: of objects that are followed, and of one that is prompted.
///
/// Owns the tensors of up to `maxBatch` objects until [#close]; the networks are lent. Used by one thread.
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Prompt encoder and mask decoder".
final class MaskDecoder implements AutoCloseable {

    /// Beyond this, earlier logits say no more.
    private static final float SUREST_LOGIT = 32;

    private final OnnxModel tracking;
    private final OnnxModel prompted;
    private final OnnxModel maskDownsample;
    private final Geometry geometry;
    private final TensorArena masks;
    private final TensorArena overlaps;
    private final TensorArena pointers;
    private final TensorArena scores;
    private final TensorArena places = TensorArena.ofFloats(1, Points.MAX, 2);
    private final TensorArena labels = new TensorArena(ElementType.INT64, 1, Points.MAX);
    private final TensorArena hasMask = TensorArena.ofFloats(1);
    private final TensorArena several = new TensorArena(ElementType.BOOL, 1);
    private final TensorArena earlier;

    MaskDecoder(Networks networks, int maxBatch) {
        this.tracking = networks.trackingDecoder();
        this.prompted = networks.promptedDecoder();
        this.maskDownsample = networks.maskDownsample();
        this.geometry = networks.geometry();
        int side = geometry.maskSide();
        masks = TensorArena.ofFloats(maxBatch, 1, side, side);
        overlaps = TensorArena.ofFloats(maxBatch, 1);
        pointers = TensorArena.ofFloats(maxBatch, Geometry.POINTER_CHANNELS);
        scores = TensorArena.ofFloats(maxBatch, 1);
        earlier = TensorArena.ofFloats(1, 1, side, side);
    }

    /// Draws what is seen of `objects` objects.
    ///
    /// - `attended`: objects × 256 × R/16 × R/16
    void track(ImageFeatures features, TensorArena attended, int objects) throws ModelException {
        try (var tensorScope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", attended(tensorScope, attended, objects),
                    "feat_s0", features.quarter(tensorScope),
                    "feat_s1", features.eighth(tensorScope));
            tracking.run(in, outputs(tensorScope, objects));
        }
    }

    /// Draws the one object that `points` speak of.
    ///
    /// - `attended`: 1 × 256 × R/16 × R/16
    /// - `corrected`: the mask that the points correct
    void prompt(ImageFeatures features, TensorArena attended, Points points, Optional<MaskLogits> corrected)
            throws ModelException {
        hasMask.floats().put(0, corrected.isPresent() ? 1 : 0);
        corrected.ifPresent(this::setEarlier);
        boolean ambiguous = points.count() <= 1;
        runPrompted(features, attended, points, ambiguous);
    }

    /// Finds the pointer to the object whose pixels are given; its mask is what was given.
    ///
    /// - `mask`: 1 × 1 × R × R, 0 or 1
    void promptMask(ImageFeatures features, TensorArena mask) throws ModelException {
        int side = geometry.sidePixels();
        try (var tensorScope = new TensorScope()) {
            maskDownsample.run(
                    Map.of("mask", tensorScope.of(mask, 1, 1, side, side)), Map.of("mask_input", earlier(tensorScope)));
        }
        hasMask.floats().put(0, 1);
        runPrompted(features, features.coarse(), Points.NONE, false);
    }

    /// Replaces the score of the first object, where it is known and need not be guessed.
    void setScore(float score) {
        scores.floats().put(0, score);
    }

    /// Of the objects drawn last: objects × 1 × R/4 × R/4 logits; lent.
    TensorArena masks() {
        return masks;
    }

    /// Of the objects drawn last: whether they are seen, objects × 1; lent.
    TensorArena scores() {
        return scores;
    }

    /// 256 numbers that stand for the object at `index`; lent until the next is drawn.
    FloatBuffer pointer(int index) {
        return pointers.floats(index, Geometry.POINTER_CHANNELS);
    }

    /// What was drawn of the object at `index`, copied.
    MaskPrediction drawing(int index) {
        int side = geometry.maskSide();
        var logits = new float[side * side];
        masks.floats().get(index * logits.length, logits);
        return new MaskPrediction(
                new MaskLogits(side, side, logits),
                overlaps.floats().get(index),
                scores.floats().get(index));
    }

    @Override
    public void close() {
        masks.close();
        overlaps.close();
        pointers.close();
        scores.close();
        places.close();
        labels.close();
        hasMask.close();
        several.close();
        earlier.close();
    }

    private void runPrompted(ImageFeatures features, TensorArena attended, Points points, boolean ambiguous)
            throws ModelException {
        setPoints(points);
        several.setTruth(0, ambiguous);
        try (var tensorScope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", attended(tensorScope, attended, 1),
                    "feat_s0", features.quarter(tensorScope),
                    "feat_s1", features.eighth(tensorScope),
                    "point_coords", tensorScope.of(places, 1, points.count(), 2),
                    "point_labels", tensorScope.of(labels, 1, points.count()),
                    "mask_input", earlier(tensorScope),
                    "has_mask", tensorScope.of(hasMask, 1),
                    "multimask", tensorScope.of(several, 1));
            prompted.run(in, outputs(tensorScope, 1));
        }
    }

    private void setPoints(Points points) {
        FloatBuffer place = places.floats();
        LongBuffer label = labels.longs();
        for (Points.Point point : points.points()) {
            place.put(point.xPixels()).put(point.yPixels());
            label.put(point.meaning().label());
        }
    }

    private void setEarlier(MaskLogits logits) {
        FloatBuffer to = earlier.floats();
        for (float logit : logits.values()) {
            to.put(Math.clamp(logit, -SUREST_LOGIT, SUREST_LOGIT));
        }
    }

    private Tensor earlier(TensorScope tensorScope) {
        return tensorScope.of(earlier, 1, 1, geometry.maskSide(), geometry.maskSide());
    }

    private Tensor attended(TensorScope tensorScope, TensorArena attended, int objects) {
        int side = geometry.featureSide();
        return tensorScope.of(attended, objects, Geometry.FEATURE_CHANNELS, side, side);
    }

    private Map<String, Tensor> outputs(TensorScope tensorScope, int objects) {
        int side = geometry.maskSide();
        return Map.of(
                "mask", tensorScope.of(masks, objects, 1, side, side),
                "iou", tensorScope.of(overlaps, objects, 1),
                "obj_ptr", tensorScope.of(pointers, objects, Geometry.POINTER_CHANNELS),
                "obj_score", tensorScope.of(scores, objects, 1));
    }
}
