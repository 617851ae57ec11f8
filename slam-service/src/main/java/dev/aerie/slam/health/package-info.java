/// What readiness and liveness say, and what is counted.
@NullMarked
package dev.aerie.slam.health;

import org.jspecify.annotations.NullMarked;
