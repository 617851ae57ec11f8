/// Readiness, liveness and metrics of the storage-service.
@NullMarked
package dev.aerie.storage.health;

import org.jspecify.annotations.NullMarked;
