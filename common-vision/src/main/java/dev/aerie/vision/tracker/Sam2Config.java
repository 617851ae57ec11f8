package dev.aerie.vision.tracker;

import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;

/// Configuration of SAM 2.
///
/// - `model`: of the manifest, or `auto` for the lightest that is installed
/// - `sidePixels`: of the square that frames are stretched to
/// - `precision`: of weights and activations
/// - `memory`: which tracked frames are remembered
/// - `corrections`: how frames are remembered in which a tracked object was prompted again
/// - `isWarmedUp`: whether it is run once at the start, so that the first frame is as fast as the others
public record Sam2Config(
        String model,
        int sidePixels,
        Precision precision,
        MemoryPolicy memory,
        CorrectionRule corrections,
        boolean isWarmedUp) {}
