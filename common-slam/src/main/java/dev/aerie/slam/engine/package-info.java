/// The entry point of the engine: a frame goes in, a pose comes out, the map can be read.
@NullMarked
package dev.aerie.slam.engine;

import org.jspecify.annotations.NullMarked;
