/// Identification of objects by an external vision API: once for each object, without blocking the video.
@NullMarked
package dev.aerie.frames.identify;

import org.jspecify.annotations.NullMarked;
