/// What the tests of this service share: sources of frames, and what was processed of them.
@NullMarked
package dev.aerie.frames.testing;

import org.jspecify.annotations.NullMarked;
