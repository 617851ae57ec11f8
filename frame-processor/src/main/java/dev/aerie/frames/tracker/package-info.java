/// Which detector and tracker look at the frames, and why.
@NullMarked
package dev.aerie.frames.tracker;

import org.jspecify.annotations.NullMarked;
