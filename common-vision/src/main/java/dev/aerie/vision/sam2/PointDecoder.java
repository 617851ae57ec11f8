package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/// Draws what each of several points of one frame lies on: part, object or group, three choices each.
///
/// Owns the tensors of [#MAX] points until [#close]; the network is lent. Used by one thread.
final class PointDecoder implements AutoCloseable {

    /// Points of one run: more are no faster on a processor.
    static final int MAX = 16;

    /// The choices that a single point leaves open.
    static final int CHOICES = 3;

    /// The network also draws a mask for prompts that leave nothing open, first.
    private static final int DRAWN = CHOICES + 1;

    private final OnnxModel network;
    private final Geometry geometry;
    private final TensorArena seen;
    private final TensorArena places = TensorArena.ofFloats(MAX, 1, 2);
    private final TensorArena labels = new TensorArena(ElementType.INT64, MAX, 1);
    private final TensorArena noMasks;
    private final TensorArena hasMask = TensorArena.ofFloats(MAX);
    private final TensorArena several = new TensorArena(ElementType.BOOL, MAX);
    private final TensorArena masks;
    private final TensorArena overlaps = TensorArena.ofFloats(MAX, DRAWN);

    PointDecoder(Networks networks) {
        network = networks.promptedDecoder();
        geometry = networks.geometry();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        seen = TensorArena.ofFloats(MAX, Geometry.FEATURE_CHANNELS, side, side);
        noMasks = TensorArena.ofFloats(MAX, 1, maskSide, maskSide);
        masks = TensorArena.ofFloats(MAX, DRAWN, maskSide, maskSide);
        for (int i = 0; i < MAX; i++) {
            several.setTruth(i, true);
        }
    }

    /// Takes in the frame that the points lie in.
    void look(ImageFeatures features) {
        for (int i = 0; i < MAX; i++) {
            seen.floats(i, geometry.featureElements())
                    .put(features.unremembering().floats());
        }
    }

    /// Draws what up to [#MAX] points lie on, in the frame looked at last.
    void decode(ImageFeatures features, List<Points.Point> points) throws ModelException {
        FloatBuffer place = places.floats();
        for (int i = 0; i < points.size(); i++) {
            place.put(points.get(i).xPixels()).put(points.get(i).yPixels());
            labels.longs().put(i, points.get(i).meaning().label());
        }
        int n = points.size();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        try (var tensorScope = new TensorScope()) {
            var in = Map.of(
                    "pix_feat", tensorScope.of(seen, n, Geometry.FEATURE_CHANNELS, side, side),
                    "feat_s0", features.quarter(tensorScope),
                    "feat_s1", features.eighth(tensorScope),
                    "point_coords", tensorScope.of(places, n, 1, 2),
                    "point_labels", tensorScope.of(labels, n, 1),
                    "mask_input", tensorScope.of(noMasks, n, 1, maskSide, maskSide),
                    "has_mask", tensorScope.of(hasMask, n),
                    "multimask", tensorScope.of(several, n));
            var out = Map.of(
                    "all_masks", tensorScope.of(masks, n, DRAWN, maskSide, maskSide),
                    "all_ious", tensorScope.of(overlaps, n, DRAWN));
            network.run(in, out);
        }
    }

    /// The foretold overlap of one choice of the point at `index`, about 0..1.
    float predictedIou(int index, int choice) {
        return overlaps.floats().get(index * DRAWN + 1 + choice);
    }

    /// The logits of one choice of the point at `index`, copied.
    MaskLogits logits(int index, int choice) {
        var logits = new float[geometry.maskElements()];
        masks.floats(index * DRAWN + 1 + choice, logits.length).get(logits);
        return new MaskLogits(geometry.maskSide(), geometry.maskSide(), logits);
    }

    @Override
    public void close() {
        seen.close();
        places.close();
        labels.close();
        noMasks.close();
        hasMask.close();
        several.close();
        masks.close();
        overlaps.close();
    }
}
