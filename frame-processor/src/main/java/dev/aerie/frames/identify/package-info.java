/// What objects are, asked of a vision API outside: rarely, once for each object, never in the way of the video.
@NullMarked
package dev.aerie.frames.identify;

import org.jspecify.annotations.NullMarked;
