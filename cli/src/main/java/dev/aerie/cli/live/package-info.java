/// A stream for viewers of Rerun while it goes on.
@NullMarked
package dev.aerie.cli.live;

import org.jspecify.annotations.NullMarked;
