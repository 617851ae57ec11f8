/// Speed and cost of the relay, the recorder, a worker and mask trackers, each next to the peers that are installed, in
/// the same run.
@NullMarked
package dev.aerie.benchmarks;

import org.jspecify.annotations.NullMarked;
