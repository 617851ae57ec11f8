package dev.aerie.vision.reid;

/// Whom an embedding looks like.
///
/// - `identity`: in the gallery
/// - `similarity`: to the most alike of its embeddings, -1..1
/// - `margin`: by which that exceeds the second identity's; 2 where there is no other
public record GalleryMatch(long identity, double similarity, double margin) {}
