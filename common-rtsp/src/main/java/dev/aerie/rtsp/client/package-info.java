/// RTSP client (RFC 2326): H.264 or H.265 over RTP interleaved in the RTSP connection, as access units.
@NullMarked
package dev.aerie.rtsp.client;

import org.jspecify.annotations.NullMarked;
