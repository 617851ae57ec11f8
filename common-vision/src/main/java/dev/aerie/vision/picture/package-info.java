/// Decoded pictures as OpenCV sees them.
@NullMarked
package dev.aerie.vision.picture;

import org.jspecify.annotations.NullMarked;
