/// Strategies that propose candidates for tracks.
@NullMarked
package dev.aerie.vision.prompt;

import org.jspecify.annotations.NullMarked;
