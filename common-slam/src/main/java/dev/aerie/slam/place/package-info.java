/// Place recognition by descriptors.
@NullMarked
package dev.aerie.slam.place;

import org.jspecify.annotations.NullMarked;
