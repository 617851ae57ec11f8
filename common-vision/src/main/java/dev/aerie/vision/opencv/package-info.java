/// How OpenCV is loaded.
@NullMarked
package dev.aerie.vision.opencv;

import org.jspecify.annotations.NullMarked;
