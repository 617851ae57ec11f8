package dev.aerie.vision.tracker;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Colour histogram of an object: fractions of its pixels in 8 × 8 × 8 bins of blue, green, red. Immutable.
final class ColourHistogram {

    private static final int BINS_PER_CHANNEL = 8;
    private static final int BINS = BINS_PER_CHANNEL * BINS_PER_CHANNEL * BINS_PER_CHANNEL;
    private static final int BIN_SHIFT = 5;
    private static final int CHANNELS = 3;
    private static final long SAMPLES = 2000;

    private final float[] frequencies;

    private ColourHistogram(float[] frequencies) {
        this.frequencies = frequencies;
    }

    /// Of a sample of about [#SAMPLES] pixels of `mask` in `frame`; `mask` has at least one.
    static ColourHistogram of(VideoFrame frame, BinaryMask mask) {
        ByteBuffer bgr = frame.bgr();
        int stride = frame.strideBytes();
        int every = (int) Math.max(1, mask.areaPixels() / SAMPLES);
        var frequencies = new float[BINS];
        int[] counts = {0, 0};
        mask.forEachRun((y, fromX, toX) -> {
            for (int x = fromX; x < toX; x++) {
                if (counts[0]++ % every == 0) {
                    frequencies[bin(bgr, y * stride + x * CHANNELS)]++;
                    counts[1]++;
                }
            }
        });
        for (int i = 0; i < BINS; i++) {
            frequencies[i] /= counts[1];
        }
        return new ColourHistogram(frequencies);
    }

    /// Bhattacharyya's coefficient: 1 for the same colours, 0 for none in common.
    double similarity(ColourHistogram other) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.sqrt((double) frequencies[i] * other.frequencies[i]);
        }
        return Math.min(1, sum);
    }

    /// Weighted mean with `newer`, whose weight is `weight`, 0..1.
    ColourHistogram blend(ColourHistogram newer, float weight) {
        var mixed = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            mixed[i] = frequencies[i] * (1 - weight) + newer.frequencies[i] * weight;
        }
        return new ColourHistogram(mixed);
    }

    void save(DataOutput out) throws IOException {
        for (float weight : frequencies) {
            out.writeFloat(weight);
        }
    }

    static ColourHistogram restore(DataInput in) throws IOException {
        var frequencies = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            frequencies[i] = in.readFloat();
        }
        return new ColourHistogram(frequencies);
    }

    private static int bin(ByteBuffer bgr, int at) {
        int blue = (bgr.get(at) & 0xff) >> BIN_SHIFT;
        int green = (bgr.get(at + 1) & 0xff) >> BIN_SHIFT;
        int red = (bgr.get(at + 2) & 0xff) >> BIN_SHIFT;
        return (blue * BINS_PER_CHANNEL + green) * BINS_PER_CHANNEL + red;
    }
}
