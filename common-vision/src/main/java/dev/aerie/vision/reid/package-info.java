/// Re-identification: what an object looks like as a vector, and who was seen before.
@NullMarked
package dev.aerie.vision.reid;

import org.jspecify.annotations.NullMarked;
