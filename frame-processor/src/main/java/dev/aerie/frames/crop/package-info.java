/// Crops of objects: the best ones of each, and one better image made of several.
@NullMarked
package dev.aerie.frames.crop;

import org.jspecify.annotations.NullMarked;
