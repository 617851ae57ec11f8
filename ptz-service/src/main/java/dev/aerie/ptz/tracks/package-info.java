/// Finds and tracks the objects of each frame, on the service's own path, and joins what others found in the same
/// frames.
@NullMarked
package dev.aerie.ptz.tracks;

import org.jspecify.annotations.NullMarked;
