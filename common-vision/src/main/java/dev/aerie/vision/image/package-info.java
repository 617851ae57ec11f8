/// Decoded frames as OpenCV sees them.
@NullMarked
package dev.aerie.vision.image;

import org.jspecify.annotations.NullMarked;
