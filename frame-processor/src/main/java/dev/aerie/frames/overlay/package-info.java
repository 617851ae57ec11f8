/// Annotated video: what was found, drawn into the frames and published back to the relay while somebody
/// asks for it.
@NullMarked
package dev.aerie.frames.overlay;

import org.jspecify.annotations.NullMarked;
