/// RTP and RTCP for H.264 and H.265 (RFC 3550, RFC 6184, RFC 7798): packets, their order and times, and access units
/// out of them.
@NullMarked
package dev.aerie.rtp;

import org.jspecify.annotations.NullMarked;
