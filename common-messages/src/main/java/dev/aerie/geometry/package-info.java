/// Vectors, rotations and rigid transforms in double precision, for the SLAM engine and the simulator alike.
@NullMarked
package dev.aerie.geometry;

import org.jspecify.annotations.NullMarked;
