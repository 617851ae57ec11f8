/// What readiness, liveness and metrics say.
@NullMarked
package dev.aerie.storage.health;

import org.jspecify.annotations.NullMarked;
