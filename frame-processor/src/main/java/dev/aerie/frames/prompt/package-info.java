/// Strategies that propose candidates for tracks.
@NullMarked
package dev.aerie.frames.prompt;

import org.jspecify.annotations.NullMarked;
