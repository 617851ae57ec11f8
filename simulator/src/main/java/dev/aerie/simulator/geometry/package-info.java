/// Vectors, rotations, the pinhole camera and smooth paths: world is X east, Y north, Z up, in metres.
@NullMarked
package dev.aerie.simulator.geometry;

import org.jspecify.annotations.NullMarked;
