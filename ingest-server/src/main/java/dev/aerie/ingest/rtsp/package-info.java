/// RTSP 1.0 (RFC 2326) as a server: readers PLAY a relayed stream, cameras RECORD one.
@NullMarked
package dev.aerie.ingest.rtsp;

import org.jspecify.annotations.NullMarked;
