/// Streams that are sent to other servers, as the configuration says.
@NullMarked
package dev.aerie.ingest.forward;

import org.jspecify.annotations.NullMarked;
