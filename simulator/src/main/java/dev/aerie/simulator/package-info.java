/// The two commands: a drone that flies, and a scene written to files with its truth.
@NullMarked
package dev.aerie.simulator;

import org.jspecify.annotations.NullMarked;
