/// RTP and RTCP for H.264 (RFC 3550, RFC 6184): access units into packets and back.
@NullMarked
package dev.aerie.ingest.rtp;

import org.jspecify.annotations.NullMarked;
