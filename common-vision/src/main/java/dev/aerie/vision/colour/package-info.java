/// Histograms of colours: their bins, and how they are smoothed.
@NullMarked
package dev.aerie.vision.colour;

import org.jspecify.annotations.NullMarked;
