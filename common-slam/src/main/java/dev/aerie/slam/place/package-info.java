/// Recognising a place by its looks.
@NullMarked
package dev.aerie.slam.place;

import org.jspecify.annotations.NullMarked;
