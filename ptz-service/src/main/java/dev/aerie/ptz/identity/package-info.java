/// Who the tracks of all cameras are, by what they look like, over gaps, cameras and restarts.
@NullMarked
package dev.aerie.ptz.identity;

import org.jspecify.annotations.NullMarked;
