package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.BinaryMask;
import java.util.Optional;

/// The prompts of one object in one frame: points, or a mask.
record PromptedObject(long object, Points points, Optional<BinaryMask> mask) {}
