/// How well a controller keeps a target in view, over scenarios, simulated cameras and seeds.
@NullMarked
package dev.aerie.benchmarks.ptz;

import org.jspecify.annotations.NullMarked;
