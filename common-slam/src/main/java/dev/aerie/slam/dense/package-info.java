/// Surfaces from keyframes: a door for back ends, and one that needs nothing but a processor.
@NullMarked
package dev.aerie.slam.dense;

import org.jspecify.annotations.NullMarked;
