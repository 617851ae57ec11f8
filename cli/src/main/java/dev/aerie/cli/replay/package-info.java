/// Replays a recording through the fleet and compares its results with the recorded ones.
@NullMarked
package dev.aerie.cli.replay;

import org.jspecify.annotations.NullMarked;
