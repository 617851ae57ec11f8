/// Multi-object tracking by boxes.
@NullMarked
package dev.aerie.vision.mot;

import org.jspecify.annotations.NullMarked;
