/// What the tests of this service share: scripted frames, a tracker that needs no model.
@NullMarked
package dev.aerie.frames.testing;

import org.jspecify.annotations.NullMarked;
