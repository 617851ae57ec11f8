/// Where the camera is now: a pose for each picture, from the map as it is.
@NullMarked
package dev.aerie.slam.tracking;

import org.jspecify.annotations.NullMarked;
