/// The service that takes live video in, stamps every frame with its identity and relays it: start at
/// [IngestServer].
@NullMarked
package dev.aerie.ingest;

import org.jspecify.annotations.NullMarked;
