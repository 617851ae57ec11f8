/// How far an estimated trajectory is from the true one: alignment, absolute and relative error.
@NullMarked
package dev.aerie.evaluation.slam.metrics;

import org.jspecify.annotations.NullMarked;
