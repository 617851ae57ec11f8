/// Liveness and readiness checks, and metrics.
@NullMarked
package dev.aerie.ingest.health;

import org.jspecify.annotations.NullMarked;
