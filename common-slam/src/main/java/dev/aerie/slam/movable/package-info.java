/// Things that may move, as others have found them in frames: no landmarks are to be made of them.
@NullMarked
package dev.aerie.slam.movable;

import org.jspecify.annotations.NullMarked;
