/// Where the camera is now: a pose for each frame, from the map as it is.
@NullMarked
package dev.aerie.slam.tracking;

import org.jspecify.annotations.NullMarked;
