/// Traces of frames: which frames are followed through the fleet, and under which ids.
@NullMarked
package dev.aerie.trace;

import org.jspecify.annotations.NullMarked;
