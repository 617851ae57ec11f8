/// What browsers see: live video and the fleet's results, over WebSockets that never hold up a publisher.
@NullMarked
package dev.aerie.ingest.live;

import org.jspecify.annotations.NullMarked;
