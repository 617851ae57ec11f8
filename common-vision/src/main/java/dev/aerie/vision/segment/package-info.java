/// Follows masks from frame to frame without learned weights: motion, colour, and what the object looked like.
@NullMarked
package dev.aerie.vision.segment;

import org.jspecify.annotations.NullMarked;
