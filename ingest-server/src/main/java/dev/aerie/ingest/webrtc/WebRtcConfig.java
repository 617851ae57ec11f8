package dev.aerie.ingest.webrtc;

import java.net.InetAddress;
import java.util.List;

/// Where WebRTC is served.
///
/// - `bindHost`, `port`: of UDP; port 0 for a free one
/// - `addresses`: at which browsers reach it, the preferred one first; empty for those of `bindHost`
/// - `maxSessions`, `maxSessionsPerAddress`: at least 1
public record WebRtcConfig(
        String bindHost, int port, List<InetAddress> addresses, int maxSessions, int maxSessionsPerAddress) {

    public WebRtcConfig {
        addresses = List.copyOf(addresses);
    }
}
