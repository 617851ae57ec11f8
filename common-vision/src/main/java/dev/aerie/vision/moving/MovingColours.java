package dev.aerie.vision.moving;

import dev.aerie.vision.colour.ColourBins;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Colours of what moves in a stream and of what surrounds it, learnt from frame to frame from cells that surely do and
/// surely do not move: where motion alone is unsure, they tell the one from the other. Used by one thread.
///
/// Idea: Papazoglou and Ferrari, "Fast Object Segmentation in Unconstrained Video", 2013. Every number here was chosen
/// with the thresholds of [MotionNetworkDetector].
final class MovingColours {

    static final ColourBins BINS = new ColourBins(16, 16);

    private static final float MOVES = 0.7f;
    private static final float STILL = 0.15f;
    /// Of what was learnt, from one frame to the next.
    private static final float KEPT = 0.98f;
    /// Frequency of a colour that was never seen.
    private static final float UNSEEN = 2e-4f;
    private static final float MAX_NATS = 2;

    private final float[] moving = new float[BINS.count()];
    private final float[] surroundings = new float[BINS.count()];
    private final float[] evidence = new float[BINS.count()];

    /// Forgets what was learnt.
    void clear() {
        Arrays.fill(moving, 0);
        Arrays.fill(surroundings, 0);
        Arrays.fill(evidence, 0);
    }

    /// Learns from one frame.
    ///
    /// - `bins`: the colour of each cell, by [#BINS]
    /// - `reach`: region of each cell, 0 for none, [RegionReach]
    /// - `probability`: that a cell moves
    void learn(int[] bins, int[] reach, FloatBuffer probability) {
        var inside = new float[BINS.count()];
        var outside = new float[BINS.count()];
        for (int i = 0; i < bins.length; i++) {
            if (reach[i] != 0 && probability.get(i) > MOVES) {
                inside[bins[i]]++;
            } else if (reach[i] != 0 && probability.get(i) < STILL) {
                outside[bins[i]]++;
            }
        }
        mixIn(inside, moving);
        mixIn(outside, surroundings);
        compare();
    }

    /// How much likelier a colour is of what moves than of what surrounds it, in nats; 0 until both have been seen.
    float evidence(int bin) {
        return evidence[bin];
    }

    private static void mixIn(float[] counts, float[] learnt) {
        float[] seen = BINS.smoothed(counts);
        float sum = Math.max(1, sum(counts));
        for (int i = 0; i < learnt.length; i++) {
            learnt[i] = learnt[i] * KEPT + seen[i] / sum;
        }
    }

    private void compare() {
        float inside = sum(moving);
        float outside = sum(surroundings);
        for (int i = 0; i < evidence.length; i++) {
            double ratio = inside == 0 || outside == 0
                    ? 0
                    : Math.log((moving[i] / inside + UNSEEN) / (surroundings[i] / outside + UNSEEN));
            evidence[i] = Math.clamp((float) ratio, -MAX_NATS, MAX_NATS);
        }
    }

    private static float sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) sum;
    }
}
