/// Shows a recording to the fleet again, and compares what it says of it with what it said the first time.
@NullMarked
package dev.aerie.cli.replay;

import org.jspecify.annotations.NullMarked;
