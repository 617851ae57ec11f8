/// What a camera does by itself: chooses a target in each frame, and turns towards it.
@NullMarked
package dev.aerie.ptz.follow;

import org.jspecify.annotations.NullMarked;
