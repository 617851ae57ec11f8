/// Which pixels of a frame are an object: as a model says it, and as a frame has it.
@NullMarked
package dev.aerie.vision.mask;

import org.jspecify.annotations.NullMarked;
