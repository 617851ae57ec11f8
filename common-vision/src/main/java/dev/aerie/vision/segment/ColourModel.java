package dev.aerie.vision.segment;

import dev.aerie.vision.colour.ColourBins;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Global colour model of an object and its background: log-likelihood ratios of smoothed histograms.
final class ColourModel {

    private static final ColourBins BINS = new ColourBins(16, 16);
    private static final float PRIOR = 1e-5f;

    private final float[] ratios;

    private ColourModel(float[] ratios) {
        this.ratios = ratios;
    }

    /// Learns from one frame.
    ///
    /// - `bins`: of [#bins], one for each pixel
    /// - `object`, `surroundings`: weight of each pixel in either histogram, 0..1
    /// - `limit`: largest ratio, in nats
    static ColourModel learn(int[] bins, float[] object, float[] background, float limit) {
        float[] inside = distribution(bins, object);
        float[] outside = distribution(bins, background);
        var ratios = new float[inside.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Math.clamp((float) Math.log(inside[i] / outside[i]), -limit, limit);
        }
        return new ColourModel(ratios);
    }

    static ColourBins bins() {
        return BINS;
    }

    /// Log-likelihood ratio of each pixel's colour, object over background, in nats.
    Plane evidence(int[] bins, int columns, int rows) {
        var evidence = Plane.zero(columns, rows);
        for (int i = 0; i < bins.length; i++) {
            evidence.values()[i] = ratios[bins[i]];
        }
        return evidence;
    }

    long heapBytes() {
        return (long) ratios.length * Float.BYTES;
    }

    void save(DataOutput out) throws IOException {
        ObjectTrackerState.writeFloats(out, ratios);
    }

    static ColourModel restore(DataInput in) throws IOException {
        float[] ratios = ObjectTrackerState.readFloats(in, BINS.count());
        if (ratios.length != BINS.count()) {
            throw new IOException("the state is damaged: " + ratios.length + " colours");
        }
        return new ColourModel(ratios);
    }

    private static float[] distribution(int[] bins, float[] weights) {
        var histogram = new float[BINS.count()];
        double sum = 0;
        for (int i = 0; i < bins.length; i++) {
            histogram[bins[i]] += weights[i];
            sum += weights[i];
        }
        float[] smooth = BINS.smoothed(histogram);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (float) (smooth[i] / Math.max(1, sum)) + PRIOR;
        }
        return smooth;
    }
}
