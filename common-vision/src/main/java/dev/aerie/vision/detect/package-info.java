/// Finding objects in one frame.
@NullMarked
package dev.aerie.vision.detect;

import org.jspecify.annotations.NullMarked;
