/// Objects cut out of the pictures: the best likenesses of each, and one better picture made of several.
@NullMarked
package dev.aerie.frames.crop;

import org.jspecify.annotations.NullMarked;
