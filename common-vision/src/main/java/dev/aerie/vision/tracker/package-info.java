/// Trackers of streams: the choice of tracker and detector, tracks and their life cycle.
@NullMarked
package dev.aerie.vision.tracker;

import org.jspecify.annotations.NullMarked;
