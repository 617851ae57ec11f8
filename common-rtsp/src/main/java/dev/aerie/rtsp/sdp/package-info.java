/// Session descriptions (RFC 8866) of H.264 video (RFC 6184, 8.2): read and written.
@NullMarked
package dev.aerie.rtsp.sdp;

import org.jspecify.annotations.NullMarked;
