package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.PictureMask;
import java.util.Optional;

/// All that is said of one object in one picture: points, or a mask.
record PromptedObject(long object, Points points, Optional<PictureMask> mask) {}
