package dev.aerie.vision.sam2;

import dev.aerie.messages.Point;
import dev.aerie.vision.mask.BinaryMask;

/// A mask that was found without a prompt.
///
/// - `predictedIou`: predicted intersection over union with the true mask
/// - `stability`: how little the mask changes with its threshold, 0..1
/// - `point`: of the grid, that prompted it, in pixels of the frame
public record AutomaticMask(BinaryMask mask, double predictedIou, double stability, Point point) {}
