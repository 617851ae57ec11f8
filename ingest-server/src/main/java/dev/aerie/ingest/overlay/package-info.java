/// Annotated video that exists while somebody reads it.
@NullMarked
package dev.aerie.ingest.overlay;

import org.jspecify.annotations.NullMarked;
