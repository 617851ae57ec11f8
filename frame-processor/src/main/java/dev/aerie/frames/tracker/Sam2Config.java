package dev.aerie.frames.tracker;

import dev.aerie.vision.sam2.Precision;

/// Which SAM 2 runs, where one does.
///
/// - `model`: of the manifest, or `auto` for the lightest that is installed
/// - `sidePixels`: of the square that frames are stretched to
/// - `precision`: in what numbers it multiplies
/// - `isWarmedUp`: whether it is run once at the start, so that the first frame need not wait
public record Sam2Config(String model, int sidePixels, Precision precision, boolean isWarmedUp) {}
