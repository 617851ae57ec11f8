package dev.aerie.vision.reid;

/// Limits and thresholds of a [Gallery].
///
/// - `maxIdentities`: kept; beyond it the one that was seen longest ago is forgotten, from 1
/// - `maxEmbeddings`: kept of each identity, from 1; one that looks like another replaces it
/// - `minSimilarity`: cosine from which an embedding may be an identity's, -1..1
/// - `minMargin`: by which the best identity's similarity must exceed the second's, 0 or more: of two that look alike,
///   none is taken
public record GalleryConfig(int maxIdentities, int maxEmbeddings, double minSimilarity, double minMargin) {

    /// For OSNet's embeddings of people; try a `minSimilarity` of 0.6 to 0.8.
    public static final GalleryConfig DEFAULT = new GalleryConfig(1000, 8, 0.7, 0.05);

    public GalleryConfig {
        if (maxIdentities < 1 || maxEmbeddings < 1) {
            throw new IllegalArgumentException(
                    "expected room for at least 1, was " + maxIdentities + " and " + maxEmbeddings);
        }
        if (!(minSimilarity >= -1 && minSimilarity <= 1 && minMargin >= 0)) {
            throw new IllegalArgumentException(
                    "expected minSimilarity of -1..1 and minMargin >= 0, was " + minSimilarity + ", " + minMargin);
        }
    }
}
