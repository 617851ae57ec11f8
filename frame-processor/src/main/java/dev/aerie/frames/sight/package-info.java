/// Which detector and tracker look at the pictures, and why.
@NullMarked
package dev.aerie.frames.sight;

import org.jspecify.annotations.NullMarked;
