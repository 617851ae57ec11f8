package dev.aerie.frames.tracker;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The colours of an object: shares of its pixels in 8 × 8 × 8 bins of blue, green, red. Immutable.
final class ColourHistogram {

    private static final int BINS_PER_CHANNEL = 8;
    private static final int BINS = BINS_PER_CHANNEL * BINS_PER_CHANNEL * BINS_PER_CHANNEL;
    private static final int BIN_SHIFT = 5;
    private static final int CHANNELS = 3;
    private static final long SAMPLES = 2000;

    private final float[] shares;

    private ColourHistogram(float[] shares) {
        this.shares = shares;
    }

    /// Of the pixels of `mask` in `frame`, some thousand of them; `mask` has at least one.
    static ColourHistogram of(VideoFrame frame, BinaryMask mask) {
        ByteBuffer bgr = frame.bgr();
        int stride = frame.strideBytes();
        int every = (int) Math.max(1, mask.areaPixels() / SAMPLES);
        var shares = new float[BINS];
        int[] seen = {0, 0};
        mask.forEachRun((y, fromX, toX) -> {
            for (int x = fromX; x < toX; x++) {
                if (seen[0]++ % every == 0) {
                    shares[bin(bgr, y * stride + x * CHANNELS)]++;
                    seen[1]++;
                }
            }
        });
        for (int i = 0; i < BINS; i++) {
            shares[i] /= seen[1];
        }
        return new ColourHistogram(shares);
    }

    /// Bhattacharyya's coefficient: 1 for the same colours, 0 for none in common.
    double likeness(ColourHistogram other) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.sqrt((double) shares[i] * other.shares[i]);
        }
        return Math.min(1, sum);
    }

    /// Moved towards `newer` by `share`, 0..1.
    ColourHistogram towards(ColourHistogram newer, float share) {
        var mixed = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            mixed[i] = shares[i] * (1 - share) + newer.shares[i] * share;
        }
        return new ColourHistogram(mixed);
    }

    void save(DataOutput out) throws IOException {
        for (float share : shares) {
            out.writeFloat(share);
        }
    }

    static ColourHistogram restore(DataInput in) throws IOException {
        var shares = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            shares[i] = in.readFloat();
        }
        return new ColourHistogram(shares);
    }

    private static int bin(ByteBuffer bgr, int at) {
        int blue = (bgr.get(at) & 0xff) >> BIN_SHIFT;
        int green = (bgr.get(at + 1) & 0xff) >> BIN_SHIFT;
        int red = (bgr.get(at + 2) & 0xff) >> BIN_SHIFT;
        return (blue * BINS_PER_CHANNEL + green) * BINS_PER_CHANNEL + red;
    }
}
