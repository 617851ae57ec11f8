/// Surfaces that dense mapping finds, against the simulator's.
@NullMarked
package dev.aerie.evaluation.dense;

import org.jspecify.annotations.NullMarked;
