/// RTSP messages and their text form (RFC 2326), for clients and servers.
@NullMarked
package dev.aerie.rtsp.message;

import org.jspecify.annotations.NullMarked;
