package dev.aerie.benchmarks.handoff;

import dev.aerie.ptz.handoff.IdentitySimilarity;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Embeddings of walkers as a small re-identification network gives them between two cameras: people look alike, and
/// one person looks different in another camera. An embedding is what all share, plus what is the person's own, plus
/// an error that is drawn once for each track, since the frames of one track err alike.
///
/// With these constants two views of one person have a cosine similarity of 0.71 on average (deviation 0.11), of two
/// persons 0.44 (0.18); by similarity alone the right one of ten is found in 67 % of cases. Measured over 500 crowds.
final class Appearances implements IdentitySimilarity {

    private static final int DIMENSIONS = 16;
    private static final double SHARED = 0.625;
    private static final double ERROR_VARIANCE = 0.39;

    private final SplittableRandom random;
    private final double[] shared;
    private final Map<Integer, double[]> people = new HashMap<>();
    private final Map<String, double[]> identities = new HashMap<>();

    Appearances(SplittableRandom random) {
        this.random = random;
        this.shared = unit();
    }

    /// Whether a track of this name has an embedding; draws it the first time.
    void see(String identity, int walker) {
        identities.computeIfAbsent(identity, _ -> embedding(walker));
    }

    private double[] embedding(int walker) {
        double[] own = people.computeIfAbsent(walker, _ -> unit());
        double[] error = unit();
        double[] sum = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            sum[i] = Math.sqrt(SHARED) * shared[i]
                    + Math.sqrt(1 - SHARED) * own[i]
                    + Math.sqrt(ERROR_VARIANCE) * error[i];
        }
        return sum;
    }

    private double[] unit() {
        double[] drawn = new double[DIMENSIONS];
        double squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            drawn[i] = random.nextGaussian();
            squares += drawn[i] * drawn[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            drawn[i] /= Math.sqrt(squares);
        }
        return drawn;
    }

    @Override
    public OptionalDouble between(String identity, String other) {
        double @Nullable [] a = identities.get(identity);
        double @Nullable [] b = identities.get(other);
        if (a == null || b == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
