/// Looking at every stream: settings, start, and what is built of what.
@NullMarked
package dev.aerie.frames;

import org.jspecify.annotations.NullMarked;
