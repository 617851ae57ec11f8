package dev.aerie.frames.sight;

/// Which SAM 2 runs, where one does.
///
/// - `model`: of the manifest, or `auto` for the lightest that is installed
/// - `sidePixels`: of the square that pictures are stretched to
/// - `isWarmedUp`: whether it is run once at the start, so that the first picture need not wait
public record Sam2Choice(String model, int sidePixels, boolean isWarmedUp) {}
