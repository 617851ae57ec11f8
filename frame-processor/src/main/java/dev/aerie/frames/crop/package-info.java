/// Objects cut out of the frames: the best likenesses of each, and one better frame made of several.
@NullMarked
package dev.aerie.frames.crop;

import org.jspecify.annotations.NullMarked;
