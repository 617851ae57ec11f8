/// Hands targets from camera to camera, as the site's geometry and the identities of tracks say.
@NullMarked
package dev.aerie.ptz.neighbours;

import org.jspecify.annotations.NullMarked;
