/// What is being published now: each stream's session, numbers and stamps its frames, measures it, says when it
/// stalls.
@NullMarked
package dev.aerie.ingest.stream;

import org.jspecify.annotations.NullMarked;
