package dev.aerie.vision.segment;

/// Probability of each pixel of a window to belong to an object.
///
/// - `window`: its grid is that of the working image's pixels
/// - `probability`: 0..1
/// - `presence`: probability that the mask shows the object at all, 0..1
record MaskProbability(Window window, Plane probability, double presence) {}
