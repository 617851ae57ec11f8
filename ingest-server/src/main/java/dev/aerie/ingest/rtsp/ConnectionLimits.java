package dev.aerie.ingest.rtsp;

/// How many connections the server holds, readers and publishers together; further ones are closed at once.
///
/// - `connections`: of all
/// - `perAddress`: of one address, or one IPv6 network
public record ConnectionLimits(int connections, int perAddress) {

    public ConnectionLimits {
        if (connections < 1 || perAddress < 1) {
            throw new IllegalArgumentException(
                    "limits of connections must be > 0, were " + connections + " and " + perAddress);
        }
    }

    /// 1024, and 256 of one address.
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(1024, 256);
    }
}
