/// Annotated video: objects drawn into the frames, published to the relay while it is requested.
@NullMarked
package dev.aerie.frames.overlay;

import org.jspecify.annotations.NullMarked;
