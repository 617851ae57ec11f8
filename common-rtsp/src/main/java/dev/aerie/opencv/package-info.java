/// How OpenCV is loaded.
@NullMarked
package dev.aerie.opencv;

import org.jspecify.annotations.NullMarked;
