/// From a world and a moment to a frame, and to what each of its pixels shows.
@NullMarked
package dev.aerie.simulator.render;

import org.jspecify.annotations.NullMarked;
