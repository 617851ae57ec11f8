/// The published streams: gives each a session, numbers and stamps its frames, measures its rates, detects stalls.
@NullMarked
package dev.aerie.ingest.stream;

import org.jspecify.annotations.NullMarked;
