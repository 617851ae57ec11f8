/// The two commands: a flying drone, and a scene written to files with its ground truth.
@NullMarked
package dev.aerie.simulator;

import org.jspecify.annotations.NullMarked;
