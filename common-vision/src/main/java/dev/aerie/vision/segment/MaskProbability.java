package dev.aerie.vision.segment;

/// How likely each pixel of a window belongs to an object.
///
/// - `window`: its grid is that of the working image's pixels
/// - `probability`: 0..1
/// - `presence`: how likely what was found is the object at all, 0..1
record MaskProbability(Window window, Plane probability, double presence) {}
