package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/// Draws what each of several points of one picture lies on: part, object or group, three choices each.
///
/// Owns the tensors of [#MOST] points until [#close]; the network is lent. Used by one thread.
final class PointDecoder implements AutoCloseable {

    /// Points of one run: more are no faster on a processor.
    static final int MOST = 16;

    /// The choices that a single point leaves open.
    static final int CHOICES = 3;

    /// The network also draws a mask for prompts that leave nothing open, first.
    private static final int DRAWN = CHOICES + 1;

    private final OnnxModel network;
    private final Geometry geometry;
    private final Room seen;
    private final Room places = Room.ofFloats(MOST, 1, 2);
    private final Room labels = new Room(ElementType.INT64, MOST, 1);
    private final Room noMasks;
    private final Room hasMask = Room.ofFloats(MOST);
    private final Room several = new Room(ElementType.BOOL, MOST);
    private final Room masks;
    private final Room overlaps = Room.ofFloats(MOST, DRAWN);

    PointDecoder(Networks networks) {
        network = networks.promptedDecoder();
        geometry = networks.geometry();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        seen = Room.ofFloats(MOST, Geometry.FEATURE_CHANNELS, side, side);
        noMasks = Room.ofFloats(MOST, 1, maskSide, maskSide);
        masks = Room.ofFloats(MOST, DRAWN, maskSide, maskSide);
        for (int i = 0; i < MOST; i++) {
            several.setTruth(i, true);
        }
    }

    /// Takes in the picture that the points lie in.
    void look(FrameFeatures features) {
        for (int i = 0; i < MOST; i++) {
            seen.floats(i, geometry.featureElements())
                    .put(features.unremembering().floats());
        }
    }

    /// Draws what up to [#MOST] points lie on, in the picture looked at last.
    void decode(FrameFeatures features, List<Points.Point> points) throws ModelException {
        FloatBuffer place = places.floats();
        for (int i = 0; i < points.size(); i++) {
            place.put(points.get(i).xPixels()).put(points.get(i).yPixels());
            labels.longs().put(i, points.get(i).meaning().label());
        }
        int n = points.size();
        int side = geometry.featureSide();
        int maskSide = geometry.maskSide();
        try (var views = new Views()) {
            var in = Map.of(
                    "pix_feat", views.of(seen, n, Geometry.FEATURE_CHANNELS, side, side),
                    "feat_s0", features.quarter(views),
                    "feat_s1", features.eighth(views),
                    "point_coords", views.of(places, n, 1, 2),
                    "point_labels", views.of(labels, n, 1),
                    "mask_input", views.of(noMasks, n, 1, maskSide, maskSide),
                    "has_mask", views.of(hasMask, n),
                    "multimask", views.of(several, n));
            var out = Map.of(
                    "all_masks", views.of(masks, n, DRAWN, maskSide, maskSide),
                    "all_ious", views.of(overlaps, n, DRAWN));
            network.run(in, out);
        }
    }

    /// The foretold overlap of one choice of the point at `index`, about 0..1.
    float overlap(int index, int choice) {
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
