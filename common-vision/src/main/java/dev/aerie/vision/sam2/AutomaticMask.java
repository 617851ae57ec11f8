package dev.aerie.vision.sam2;

import dev.aerie.messages.Point;
import dev.aerie.vision.mask.BinaryMask;

/// Something found in a frame without being asked for.
///
/// - `overlap`: foretold intersection over union with the true mask
/// - `stability`: how little the mask changes with its threshold, 0..1
/// - `place`: the point of the grid that found it, in pixels of the frame
public record AutomaticMask(BinaryMask mask, double predictedIou, double stability, Point point) {}
