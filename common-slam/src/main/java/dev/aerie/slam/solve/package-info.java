/// Least squares over poses and points: one pose, a bundle of poses and points, a graph of poses.
@NullMarked
package dev.aerie.slam.solve;

import org.jspecify.annotations.NullMarked;
