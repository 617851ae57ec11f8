/// Whether the service lives and can do its work, and its numbers for dashboards.
@NullMarked
package dev.aerie.ingest.health;

import org.jspecify.annotations.NullMarked;
