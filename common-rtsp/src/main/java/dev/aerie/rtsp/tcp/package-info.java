/// RTSP streams of H.264, RTP interleaved in the RTSP connection, as access units: in plain Java, in large reads.
@NullMarked
package dev.aerie.rtsp.tcp;

import org.jspecify.annotations.NullMarked;
