/// The ptz-service: steers cameras that pan, tilt and zoom.
@NullMarked
package dev.aerie.ptz;

import org.jspecify.annotations.NullMarked;
