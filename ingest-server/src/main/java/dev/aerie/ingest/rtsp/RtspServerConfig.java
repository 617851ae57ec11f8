package dev.aerie.ingest.rtsp;

import java.util.Optional;

/// What an operator may set of the RTSP server.
///
/// - `bindHost`: address to listen on, for TCP and for the UDP ports of sessions
/// - `port`: TCP port; 0 takes any free one
/// - `trailingAud`: whether each access unit is followed by an access unit delimiter, so that a reader's parser needs
///   not wait for the next frame; a reader turns it off for itself with `?aud=0`
/// - `connections`: how many clients are served at once
/// - `tls`: where it is served by TLS, too; empty for nowhere
/// - `threads`: event loops, at least 1
public record RtspServerConfig(
        String bindHost,
        int port,
        RtspAccess access,
        RtspTimeouts timeouts,
        ReaderLimits limits,
        ConnectionLimits connections,
        Optional<RtspTls> tls,
        boolean trailingAud,
        int threads) {

    public RtspServerConfig {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0..65535, was " + port);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1, was " + threads);
        }
    }

    /// Open access, default time-outs and limits, trailing delimiters, two event loops.
    public static RtspServerConfig defaults(String bindHost, int port) {
        return new RtspServerConfig(
                bindHost,
                port,
                RtspAccess.open(),
                RtspTimeouts.defaults(),
                ReaderLimits.defaults(),
                ConnectionLimits.defaults(),
                Optional.empty(),
                true,
                2);
    }

    public RtspServerConfig withAccess(RtspAccess newAccess) {
        return new RtspServerConfig(
                bindHost, port, newAccess, timeouts, limits, connections, tls, trailingAud, threads);
    }

    public RtspServerConfig withTimeouts(RtspTimeouts newTimeouts) {
        return new RtspServerConfig(
                bindHost, port, access, newTimeouts, limits, connections, tls, trailingAud, threads);
    }

    public RtspServerConfig withLimits(ReaderLimits newLimits) {
        return new RtspServerConfig(
                bindHost, port, access, timeouts, newLimits, connections, tls, trailingAud, threads);
    }

    public RtspServerConfig withConnections(ConnectionLimits newConnections) {
        return new RtspServerConfig(
                bindHost, port, access, timeouts, limits, newConnections, tls, trailingAud, threads);
    }

    public RtspServerConfig withTls(RtspTls newTls) {
        return new RtspServerConfig(
                bindHost, port, access, timeouts, limits, connections, Optional.of(newTls), trailingAud, threads);
    }

    public RtspServerConfig withTrailingAud(boolean newTrailingAud) {
        return new RtspServerConfig(
                bindHost, port, access, timeouts, limits, connections, tls, newTrailingAud, threads);
    }
}
