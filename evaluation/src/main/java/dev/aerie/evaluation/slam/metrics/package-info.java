/// Errors of an estimated trajectory: alignment, absolute and relative error.
@NullMarked
package dev.aerie.evaluation.slam.metrics;

import org.jspecify.annotations.NullMarked;
