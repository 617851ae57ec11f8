package dev.aerie.rtsp;

import dev.aerie.messages.FrameId;
import java.time.Duration;
import java.util.Optional;

/// The address of a stream and how it is read.
///
/// - `stream`: its name, as in [FrameId]
/// - `url`: `rtsp://…` or `rtsps://…`, possibly with user and password: never logged, not in [#toString]
/// - `connectTimeout`: for everything until the first answer is complete
/// - `stallTimeout`: an open connection that is silent for this long is closed
/// - `localSession`: session name of foreign video; empty for a generated name
public record RtspConfig(
        String stream,
        String url,
        Transport transport,
        Duration connectTimeout,
        Duration stallTimeout,
        BackpressurePolicy policy,
        ReconnectPolicy reconnect,
        Optional<String> localSession) {

    /// The transport of RTP.
    public enum Transport {
        /// Interleaved in the RTSP connection: nothing is lost, passes firewalls.
        TCP,
        /// Datagrams: a lost packet stays lost and delays nothing after it.
        UDP
    }

    public RtspConfig {
        FrameId.requireStreamName(stream);
        if (!connectTimeout.isPositive() || !stallTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "time-outs must be > 0, were " + connectTimeout + " and " + stallTimeout);
        }
    }

    /// TCP, 5 s for either time-out, only the latest frame, back-off from 1 to 30 s.
    public static RtspConfig of(String stream, String url) {
        return new RtspConfig(
                stream,
                url,
                Transport.TCP,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                new BackpressurePolicy.Latest(),
                ReconnectPolicy.DEFAULT,
                Optional.empty());
    }

    public RtspConfig withTransport(Transport transport) {
        return new RtspConfig(stream, url, transport, connectTimeout, stallTimeout, policy, reconnect, localSession);
    }

    public RtspConfig withTimeouts(Duration connectTimeout, Duration stallTimeout) {
        return new RtspConfig(stream, url, transport, connectTimeout, stallTimeout, policy, reconnect, localSession);
    }

    public RtspConfig withProvider(BackpressurePolicy policy) {
        return new RtspConfig(stream, url, transport, connectTimeout, stallTimeout, policy, reconnect, localSession);
    }

    public RtspConfig withReconnect(ReconnectPolicy reconnect) {
        return new RtspConfig(stream, url, transport, connectTimeout, stallTimeout, policy, reconnect, localSession);
    }

    public RtspConfig withLocalSession(String session) {
        return new RtspConfig(
                stream, url, transport, connectTimeout, stallTimeout, policy, reconnect, Optional.of(session));
    }

    /// Whether it is `rtsps://`, RTSP in TLS.
    public boolean isSecure() {
        return url.regionMatches(true, 0, "rtsps://", 0, "rtsps://".length());
    }

    @Override
    public String toString() {
        return "RtspConfig[stream=" + stream + ", transport=" + transport + ", provider=" + policy + "]";
    }
}
