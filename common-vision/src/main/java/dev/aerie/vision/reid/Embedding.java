package dev.aerie.vision.reid;

import java.util.Arrays;

/// What an object looks like, as a vector of length 1: the nearer two are, the more alike they look. Immutable.
///
/// Only embeddings of one [Embedder] can be compared.
public final class Embedding {

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /// A copy of `values`, scaled to length 1. Throws [IllegalArgumentException] for an empty, a zero or a not finite
    /// vector.
    public static Embedding of(float... values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException(
                    "an embedding is finite and not zero, was of " + values.length + " values and length " + length);
        }
        var scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values[i] / length);
        }
        return new Embedding(scaled);
    }

    /// Number of values.
    public int dimensions() {
        return values.length;
    }

    /// A copy of the values.
    public float[] toArray() {
        return values.clone();
    }

    /// Cosine of the angle to `other`: 1 for the same look, 0 for nothing in common. Throws
    /// [IllegalArgumentException] if the other has another number of values.
    public double similarityTo(Embedding other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "embeddings of " + values.length + " and " + other.values.length + " values cannot be compared");
        }
        double product = 0;
        for (int i = 0; i < values.length; i++) {
            product += (double) values[i] * other.values[i];
        }
        return Math.clamp(product, -1.0, 1.0);
    }

    /// The two mixed, of length 1: `weight` of this one and the rest of `other`; this one where they cancel out.
    ///
    /// - `weight`: 0..1
    public Embedding mixedWith(Embedding other, double weight) {
        var mixed = new float[values.length];
        double squares = 0;
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (weight * values[i] + (1 - weight) * other.values[i]);
            squares += (double) mixed[i] * mixed[i];
        }
        return squares > 0 ? of(mixed) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
