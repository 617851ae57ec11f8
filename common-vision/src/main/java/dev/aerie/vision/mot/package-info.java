/// Following several objects from picture to picture by their boxes.
@NullMarked
package dev.aerie.vision.mot;

import org.jspecify.annotations.NullMarked;
