/// Which pixels of a picture are an object: as a model says it, and as a picture has it.
@NullMarked
package dev.aerie.vision.mask;

import org.jspecify.annotations.NullMarked;
