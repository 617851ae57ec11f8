/// Gives a target that leaves one camera's reach to the neighbour that will see it.
@NullMarked
package dev.aerie.ptz.handoff;

import org.jspecify.annotations.NullMarked;
