/// Handoffs between two simulated PTZ cameras, judged by the truth about the walkers before them.
@NullMarked
package dev.aerie.benchmarks.handoff;

import org.jspecify.annotations.NullMarked;
