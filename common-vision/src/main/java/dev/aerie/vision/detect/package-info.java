/// Finding objects in one picture.
@NullMarked
package dev.aerie.vision.detect;

import org.jspecify.annotations.NullMarked;
