/// Live video and results for browsers, over WebSockets that never block a publisher.
@NullMarked
package dev.aerie.ingest.live;

import org.jspecify.annotations.NullMarked;
