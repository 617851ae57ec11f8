/// Trackers: the interfaces of box and mask trackers, prompts and results.
@NullMarked
package dev.aerie.vision.track;

import org.jspecify.annotations.NullMarked;
