package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// A prompted mask in the model's format: stretched to the square image, binary.
///
/// Owns one plane until [#close]; used by one thread.
final class MaskPlane implements AutoCloseable {

    /// Logit of a pixel that certainly is, or negated is not, the object.
    static final float SURE_LOGIT = 10;

    private static final float HALF = 0.5f;

    private final Geometry geometry;
    private final TensorArena plane;
    private float[] inside = {};

    MaskPlane(Geometry geometry) {
        this.geometry = geometry;
        int side = geometry.sidePixels();
        plane = TensorArena.ofFloats(side, side);
    }

    /// Sets the mask. One that fills no pixel of the model's by half keeps each pixel that it touches.
    void set(BinaryMask mask) {
        int width = mask.size().widthPixels();
        int height = mask.size().heightPixels();
        var pixels = new float[width * height];
        mask.forEachRun((y, fromX, toX) -> Arrays.fill(pixels, y * width + fromX, y * width + toX, 1));
        int side = geometry.sidePixels();
        float[] coverage = new AntialiasedResize(width, height, side, side).apply(pixels);
        if (!binarize(coverage, HALF)) {
            binarize(coverage, Float.MIN_VALUE);
        }
    }

    /// 1 × 1 × R × R, 0 or 1; lent until the next call.
    TensorArena asMask() {
        plane.floats().put(inside);
        return plane;
    }

    /// 1 × 1 × R × R, -10 or 10; lent until the next call.
    TensorArena asLogits() {
        FloatBuffer values = plane.floats();
        for (float pixel : inside) {
            values.put(logit(pixel));
        }
        return plane;
    }

    /// In the format of this model's masks: R/4 × R/4 logits.
    MaskLogits toModelLogits() {
        int from = geometry.sidePixels();
        int to = geometry.maskSide();
        var logits = new float[inside.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logit(inside[i]);
        }
        return new MaskLogits(to, to, new AntialiasedResize(from, from, to, to).apply(logits));
    }

    @Override
    public void close() {
        plane.close();
    }

    /// Thresholds the coverage of every pixel; whether any pixel is inside.
    private boolean binarize(float[] coverage, float min) {
        inside = new float[coverage.length];
        boolean any = false;
        for (int i = 0; i < inside.length; i++) {
            boolean within = coverage[i] >= min;
            inside[i] = within ? 1 : 0;
            any |= within;
        }
        return any;
    }

    private static float logit(float pixel) {
        return pixel * 2 * SURE_LOGIT - SURE_LOGIT;
    }
}
