/// Session descriptions (RFC 8866) of H.264 (RFC 6184, 8.2) and H.265 video (RFC 7798, 7.2): read and written.
@NullMarked
package dev.aerie.rtsp.sdp;

import org.jspecify.annotations.NullMarked;
