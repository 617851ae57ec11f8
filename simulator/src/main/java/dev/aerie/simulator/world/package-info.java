/// The simulated world: textured ground, buildings, trees, people and cars, and the camera's flight through them.
@NullMarked
package dev.aerie.simulator.world;

import org.jspecify.annotations.NullMarked;
