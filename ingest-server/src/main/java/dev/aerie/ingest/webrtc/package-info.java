/// Streams over WebRTC: relayed ones by WHEP, published ones by WHIP; ICE (lite), DTLS-SRTP.
@NullMarked
package dev.aerie.ingest.webrtc;

import org.jspecify.annotations.NullMarked;
