/// Messages to and from the broker: stream events, stream assignments, restart requests.
@NullMarked
package dev.aerie.ingest.bus;

import org.jspecify.annotations.NullMarked;
