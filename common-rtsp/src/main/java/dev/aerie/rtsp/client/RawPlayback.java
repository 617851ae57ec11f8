package dev.aerie.rtsp.client;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A playback whose packets the caller reads from the socket itself: for load on a server, not for video.
public final class RawPlayback {

    private RawPlayback() {}

    /// Connects and sends the requests up to PLAY. Returns the socket, in blocking mode, on which interleaved packets
    /// now flow; packets that came with the last response are lost.
    ///
    /// - `url`: `rtsp://user:password@host:port/stream`; never logged
    /// - `receiveBufferBytes`: of the socket; 0 leaves it to the system
    /// - `limit`: for the connection, and again for the requests; throws [IOException] where the server is
    ///   slower or refuses
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the socket goes to the caller
    public static SocketChannel start(String url, int receiveBufferBytes, Duration limit) throws IOException {
        var location = RtspUrl.parse(url);
        if (location.isSecure()) {
            throw new IOException("the socket of rtsps:// has no packets that can be read from it");
        }
        var connection = RtspClientConnection.connect(location, limit, receiveBufferBytes);
        try {
            new PlaySession(connection, location).play(limit);
            return connection.channel();
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
