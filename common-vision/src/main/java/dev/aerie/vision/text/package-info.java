/// Detection of objects by words.
@NullMarked
package dev.aerie.vision.text;

import org.jspecify.annotations.NullMarked;
