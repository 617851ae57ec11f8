/// Relayed streams over WebRTC: WHEP, ICE (lite), DTLS-SRTP.
@NullMarked
package dev.aerie.ingest.webrtc;

import org.jspecify.annotations.NullMarked;
