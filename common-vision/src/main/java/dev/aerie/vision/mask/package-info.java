/// Masks of objects: logits of a model, and pixels of a frame.
@NullMarked
package dev.aerie.vision.mask;

import org.jspecify.annotations.NullMarked;
