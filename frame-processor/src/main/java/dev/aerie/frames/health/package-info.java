/// What readiness and liveness say.
@NullMarked
package dev.aerie.frames.health;

import org.jspecify.annotations.NullMarked;
