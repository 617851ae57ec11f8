package dev.aerie.slam.feature;

/// A corner, on the plane of the ideal pinhole.
///
/// - `octave`: level of the pyramid that it was found in, 0 is the frame itself
/// - `angleRadians`: direction of its orientation, -π..π, clockwise from x as y points down
public record Keypoint(double xPixels, double yPixels, int octave, double angleRadians) {}
