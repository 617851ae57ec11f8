/// Renders a world at a time into a frame and its per-pixel visibility.
@NullMarked
package dev.aerie.simulator.render;

import org.jspecify.annotations.NullMarked;
