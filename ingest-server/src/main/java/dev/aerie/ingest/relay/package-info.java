/// One publisher, many readers: each stream's access units, with the last group of pictures kept so that a reader
/// starts at once.
@NullMarked
package dev.aerie.ingest.relay;

import org.jspecify.annotations.NullMarked;
