/// What proposes objects to be followed, each way behind the same interface.
@NullMarked
package dev.aerie.frames.prompt;

import org.jspecify.annotations.NullMarked;
