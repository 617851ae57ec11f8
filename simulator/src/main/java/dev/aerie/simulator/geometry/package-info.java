/// The camera that the renderer draws for, and its path through the world: X east, Y north, Z up, in metres.
@NullMarked
package dev.aerie.simulator.geometry;

import org.jspecify.annotations.NullMarked;
