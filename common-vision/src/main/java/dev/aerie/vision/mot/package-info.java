/// Following several objects from frame to frame by their boxes.
@NullMarked
package dev.aerie.vision.mot;

import org.jspecify.annotations.NullMarked;
