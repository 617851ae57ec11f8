/// Where the map lies on the earth, and where on the ground stands what the camera sees.
@NullMarked
package dev.aerie.slam.earth;

import org.jspecify.annotations.NullMarked;
